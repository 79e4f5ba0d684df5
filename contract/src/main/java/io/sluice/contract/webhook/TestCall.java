package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as the sender would make it, correctly signed.
 *
 * @param headers with the signature. A scheme that sends the secret itself shows {@code ********} in its place
 * @param curl the same as a command; where the secret is masked, put it in
 * @param answer what the call got, when it was made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TestCall(
        String method,
        String url,
        Map<String, String> headers,
        String body,
        String curl,
        @Nullable Answer answer) {

    /** What a call got. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(int status, Map<String, String> headers, String body) {}
}
