package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What comes in at an endpoint. Counts are written once a second, so a replica that dies loses those of its last second.
 *
 * @param urls the current URL and, while it works, the one before the last rotation
 * @param lastCallAt of verified calls: accepted, duplicate, filtered or captured
 * @param overdue whether calls are expected and none came in time
 * @param overdueSince since when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WebhookActivity(
        List<UrlActivity> urls,
        Counts counts,
        @Nullable Instant lastCallAt,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT1H") @Nullable
        Duration expectEvery,

        boolean overdue,
        @Nullable Instant overdueSince) {

    /**
     * What comes in at one URL.
     *
     * @param until when it stops to work; absent for the current one
     * @param calls verified calls since it was made
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record UrlActivity(
            boolean current,
            @Nullable Instant until,
            long calls,
            @Nullable Instant lastCallAt) {}

    /** Calls by their outcome, since the endpoint was made. */
    public record Counts(long accepted, long duplicate, long filtered, long refused, long handshake, long captured) {}
}
