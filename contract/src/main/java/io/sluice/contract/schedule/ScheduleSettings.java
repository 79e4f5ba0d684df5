package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a person sets it; exactly one of {@code every}, {@code daily} and {@code cron} is given.
 *
 * @param enabled default true
 * @param activateOn first moment, and the anchor of {@code every}: local time in the zone ({@code 2026-11-24T05:55}) or
 *     with an offset; default is the moment of saving
 * @param zone IANA name; default UTC
 * @param every interval of elapsed time, ISO 8601 duration, 1 s to 365 days
 * @param cron five fields, or six with seconds first
 * @param catchUp what becomes of instants that were missed: {@code none} or {@code last} (default)
 * @param overlap what happens when the run before still goes on: {@code skip} (default) or {@code allow}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleSettings(
        @Nullable Boolean enabled,
        @Schema(examples = "2026-11-24T05:55") @Nullable String activateOn,
        @Schema(examples = "Australia/Sydney") @Nullable String zone,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT7M") @Nullable
        Duration every,

        @Nullable Daily daily,
        @Schema(examples = "0 9 * * 1-5") @Nullable String cron,
        @Schema(examples = "last") @Nullable String catchUp,
        @Schema(examples = "skip") @Nullable String overlap) {

    /** Every day at one or several times of the zone's clock, {@code HH:mm} or {@code HH:mm:ss}. */
    public record Daily(
            @Schema(examples = "[\"02:30\"]") @Nullable List<String> at) {}
}
