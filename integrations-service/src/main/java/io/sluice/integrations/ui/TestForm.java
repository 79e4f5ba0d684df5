package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.TestCallRequest;
import io.sluice.contract.webhook.Webhook;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A test call in the making.
 *
 * @param methods that the endpoint allows
 * @param place where the event's id goes
 */
public record TestForm(
        List<String> methods, EventIdPlace place, String method, String contentType, String eventId, String body) {

    /** The template's sample, where it has one. */
    static TestForm sample(Webhook webhook, EventIdPlace place, @Nullable JsonNode sample) {
        List<String> methods = webhook.methods();
        JsonNode body = sample == null ? null : sample.get("body");
        String type = sample == null ? "" : sample.path("contentType").asText("");
        return new TestForm(
                methods, place, methods.getFirst(), type.isEmpty() ? "application/json" : type, "", text(body));
    }

    static TestForm of(MultivaluedMap<String, String> form, Webhook webhook, EventIdPlace place) {
        return new TestForm(
                webhook.methods(),
                place,
                text(form, "method"),
                text(form, "contentType"),
                text(form, "eventId"),
                Objects.requireNonNullElse(form.getFirst("body"), "").replace("\r\n", "\n"));
    }

    TestCallRequest request(boolean send) {
        Map<String, String> headers = place.isInHeader() && !eventId.isEmpty() ? Map.of(place.header(), eventId) : null;
        return new TestCallRequest(
                method.isEmpty() ? null : method,
                null,
                headers,
                contentType.isEmpty() ? null : contentType,
                body,
                send);
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        return Objects.requireNonNullElse(form.getFirst(name), "").strip();
    }

    /** What was no JSON is text in an event, so it goes out as it is. */
    private static String text(@Nullable JsonNode body) {
        if (body == null || body.isNull()) {
            return "";
        }
        return body.isTextual() ? body.textValue() : body.toPrettyString();
    }
}
