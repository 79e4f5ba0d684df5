package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A rule in words, and when it fires next.
 *
 * @param next in order; first what catch-up would fire now, if that was asked for. What is left out stands among them
 *     with {@code fires: false}
 * @param missed how many instants of the pause stay missed, when its beginning was given
 * @param missedIsLeast whether there are more than were counted
 */
public record SchedulePreview(
        @Schema(examples = "Every 7 minutes from 24 Nov 2026, 05:55, Sydney time")
        String words,

        List<Fire> next,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long missed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean missedIsLeast) {

    /**
     * One instant.
     *
     * @param local the zone's clock, with offset
     * @param mark {@code gap} when the time does not exist that day, {@code overlap} when it exists twice,
     *     {@code excluded}, or {@code catchUp} when it is over but would be made up for now
     * @param fires false when it is excluded, or in a gap that is skipped
     */
    public record Fire(
            Instant at,
            @Schema(examples = "2026-11-24T05:55:00+11:00") String local,

            @Schema(nullable = true) @Nullable String mark,
            boolean fires) {}
}
