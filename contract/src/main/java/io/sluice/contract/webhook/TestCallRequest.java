package io.sluice.contract.webhook;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A call to be built as the sender would.
 *
 * @param method default the first that the endpoint allows
 * @param query without its question mark
 * @param headers besides those that the signature needs
 * @param contentType default {@code application/json} where there is a body
 * @param body default the template's sample event's body
 * @param send whether to make the call too, or only to show it
 */
public record TestCallRequest(
        @Nullable String method,
        @Nullable String query,
        @Nullable Map<String, String> headers,
        @Nullable String contentType,

        @Schema(examples = "{\"sku\": \"A-1\", \"quantity\": 3}") @Nullable
        String body,

        boolean send) {}
