package io.sluice.system.load;

import io.sluice.system.client.Json;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An HTTP answer as it came.
 *
 * @param headers by their names in small letters
 */
public record WireAnswer(int status, Map<String, String> headers, String body) {

    public WireAnswer {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The run that an accepted call started, or that its event had started before. */
    public Optional<UUID> runId() {
        return status == 202
                ? Optional.of(Json.read(body).path("runId").asText())
                        .filter(text -> !text.isEmpty())
                        .map(UUID::fromString)
                : Optional.empty();
    }

    /** What became of an accepted call that started nothing. */
    public String outcome() {
        return status == 202 ? Json.read(body).path("outcome").asText() : "";
    }
}
