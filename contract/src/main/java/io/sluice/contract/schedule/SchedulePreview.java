package io.sluice.contract.schedule;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A rule in words, and when it fires next. */
public record SchedulePreview(
        @Schema(examples = "Every 7 minutes from 24 Nov 2026, 05:55, Sydney time")
        String words,

        List<Fire> next) {

    /**
     * One instant.
     *
     * @param local the zone's clock, with offset
     * @param mark {@code gap} when the time does not exist that day and was moved, {@code overlap} when it exists twice
     */
    public record Fire(
            Instant at,
            @Schema(examples = "2026-11-24T05:55:00+11:00") String local,

            @Schema(nullable = true) @Nullable String mark) {}
}
