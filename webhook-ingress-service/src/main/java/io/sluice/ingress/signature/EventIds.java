package io.sluice.ingress.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The event's id where the endpoint's settings say: a header, or a place in the body. */
final class EventIds {

    private EventIds() {}

    static Optional<String> of(SignedCall call, Verification verification) {
        if (verification.eventIdHeader() != null) {
            return call.single(verification.eventIdHeader()).filter(id -> !id.isBlank());
        }
        if (verification.eventIdPointer() != null) {
            return inBody(call, verification.eventIdPointer());
        }
        return Optional.empty();
    }

    private static Optional<String> inBody(SignedCall call, String pointer) {
        try {
            JsonNode id =
                    Json.parse(new String(call.body(), StandardCharsets.UTF_8)).at(pointer);
            return id.isValueNode() && !id.isNull()
                    ? Optional.of(id.asText()).filter(t -> !t.isBlank())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
