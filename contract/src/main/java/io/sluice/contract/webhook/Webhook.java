package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An integration's webhook.
 *
 * @param url made when it is first enabled; kept while disabled; not shown to viewers
 * @param previousUrlUntil until when the URL before the last rotation works too
 * @param intake which calls are taken and what they are answered; left out parts have their defaults
 * @param inForce whether ingress runs with this state; absent when it has not told yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Webhook(
        boolean enabled,
        @Nullable String url,
        Verification verification,
        List<String> methods,
        int maxBodyBytes,
        WebhookIntake intake,
        @Nullable Instant previousUrlUntil,
        @Nullable InForce inForce) {

    /** Whether the newest revision runs, and since when. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record InForce(boolean current, @Nullable Instant since) {}
}
