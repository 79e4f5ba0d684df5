package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a person sets it; exactly one of {@code every}, {@code daily}, {@code weekly}, {@code monthly},
 * {@code cron} and {@code at} is given.
 *
 * @param enabled default true; false is a pause
 * @param pauseNote why it is paused
 * @param activateOn first moment, and the anchor of {@code every}: local time in the zone ({@code 2026-11-24T05:55}) or
 *     with an offset; default is the moment of saving
 * @param until last moment, in the same forms, inclusive
 * @param zone IANA name; default is the person's zone, else UTC
 * @param every interval of elapsed time, ISO 8601 duration, 1 s to 365 days
 * @param cron five fields, or six with seconds first
 * @param at once: local time in the zone or with an offset
 * @param excluded dates and periods in which it does not fire, at most 1,000
 * @param inGap what becomes of a time that the clock skips in spring: {@code shift} (default) or {@code skip}
 * @param inOverlap which is meant of a time that the clock shows twice in autumn: {@code first} (default),
 *     {@code second} or {@code both}
 * @param jitter most that each instant is delayed by, the same each time it is asked for; up to 1 h
 * @param adaptive bounds of an interval that follows what the runs find; only with {@code every}
 * @param catchUp what becomes of instants that were missed: {@code none}, {@code last} (default) or {@code all}
 * @param catchUpWindow older instants stay missed; default for {@code all} is one day
 * @param catchUpMost most instants that {@code all} fires at once; default 100
 * @param catchUpEvery pause between two of them; default one second
 * @param overlap what happens when the run before still goes on: {@code skip} (default), {@code queueOne},
 *     {@code queueAll}, {@code cancelRunning} or {@code allow}
 * @param pauseAfterFailures pause after so many failed runs in a row; absent is never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScheduleSettings(
        @Nullable Boolean enabled,

        @Schema(examples = "The warehouse moves until Monday") @Nullable
        String pauseNote,

        @Schema(examples = "2026-11-24T05:55") @Nullable String activateOn,
        @Schema(examples = "2027-12-31T23:59") @Nullable String until,
        @Schema(examples = "Australia/Sydney") @Nullable String zone,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT7M") @Nullable
        Duration every,

        @Nullable Daily daily,
        @Nullable Weekly weekly,
        @Nullable Monthly monthly,
        @Schema(examples = "0 9 * * 1-5") @Nullable String cron,
        @Schema(examples = "2026-12-01T09:00") @Nullable String at,
        @Nullable List<Excluded> excluded,
        @Schema(examples = "shift") @Nullable String inGap,
        @Schema(examples = "first") @Nullable String inOverlap,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT5M") @Nullable
        Duration jitter,

        @Nullable Adaptive adaptive,
        @Schema(examples = "last") @Nullable String catchUp,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "P1D") @Nullable
        Duration catchUpWindow,

        @Schema(examples = "100") @Nullable Integer catchUpMost,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT1S") @Nullable
        Duration catchUpEvery,

        @Schema(examples = "skip") @Nullable String overlap,
        @Schema(examples = "5") @Nullable Integer pauseAfterFailures) {

    @JsonCreator
    public ScheduleSettings {}

    /** The settings without what came later; for callers that do not need it. */
    public ScheduleSettings(
            @Nullable Boolean enabled,
            @Nullable String activateOn,
            @Nullable String zone,
            @Nullable Duration every,
            @Nullable Daily daily,
            @Nullable String cron,
            @Nullable String catchUp,
            @Nullable String overlap) {
        this(
                enabled,
                null,
                activateOn,
                null,
                zone,
                every,
                daily,
                null,
                null,
                cron,
                null,
                null,
                null,
                null,
                null,
                null,
                catchUp,
                null,
                null,
                null,
                overlap,
                null);
    }

    /**
     * These settings as they are stored: what later readers must agree on is spelled out. The note of a pause goes with
     * the pause.
     */
    public ScheduleSettings completed(String activation, String zoneId, String defaultCatchUp, String defaultOverlap) {
        boolean on = !Boolean.FALSE.equals(enabled);
        return new ScheduleSettings(
                on,
                on ? null : pauseNote,
                activation,
                until,
                zoneId,
                every,
                daily,
                weekly,
                monthly,
                cron,
                at,
                excluded,
                inGap,
                inOverlap,
                jitter,
                adaptive,
                catchUp == null ? defaultCatchUp : catchUp,
                catchUpWindow,
                catchUpMost,
                catchUpEvery,
                overlap == null ? defaultOverlap : overlap,
                pauseAfterFailures);
    }

    /** The same in another zone. */
    public ScheduleSettings inZone(@Nullable String zoneId) {
        return new ScheduleSettings(
                enabled,
                pauseNote,
                activateOn,
                until,
                zoneId,
                every,
                daily,
                weekly,
                monthly,
                cron,
                at,
                excluded,
                inGap,
                inOverlap,
                jitter,
                adaptive,
                catchUp,
                catchUpWindow,
                catchUpMost,
                catchUpEvery,
                overlap,
                pauseAfterFailures);
    }

    /** What a pause or its end changes, and nothing else. */
    public static ScheduleSettings switched(boolean on, @Nullable String note) {
        return new ScheduleSettings(
                on, note, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null);
    }

    /** Every day at one or several times of the zone's clock, {@code HH:mm} or {@code HH:mm:ss}. */
    public record Daily(
            @Schema(examples = "[\"02:30\"]") @Nullable List<String> at) {}

    /**
     * On some days of the week.
     *
     * @param days English names of days
     * @param at times of the zone's clock
     */
    public record Weekly(
            @Schema(examples = "[\"monday\", \"thursday\"]") @Nullable
            List<String> days,

            @Schema(examples = "[\"09:00\"]") @Nullable List<String> at) {}

    /**
     * On some days of the month; with days and weekdays, on either.
     *
     * @param days 1 to 31, or counted from the month's end: -1 is its last day; a day that a month lacks is left out
     * @param weekdays such as its last Friday
     * @param at times of the zone's clock
     */
    public record Monthly(
            @Schema(examples = "[1, 15, -1]") @Nullable List<Integer> days,
            @Nullable List<NthWeekday> weekdays,
            @Schema(examples = "[\"09:00\"]") @Nullable List<String> at) {}

    /**
     * A weekday of a month.
     *
     * @param nth 1 to 5, or -1 for the last
     * @param day its English name
     */
    public record NthWeekday(
            @Schema(examples = "-1") @Nullable Integer nth,
            @Schema(examples = "friday") @Nullable String day) {}

    /**
     * When it does not fire. A date stands for the whole day of the zone.
     *
     * @param from a date or a local date and time
     * @param to likewise, inclusive; left out, a date excludes its day, a time that moment
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Excluded(
            @Schema(examples = "2026-12-24") @Nullable String from,
            @Schema(examples = "2027-01-02") @Nullable String to) {}

    /** Bounds of an interval that gets shorter after runs that found changes, and longer while there are none. */
    public record Adaptive(
            @Schema(type = SchemaType.STRING, format = "duration", examples = "PT1M") @Nullable
            Duration min,

            @Schema(type = SchemaType.STRING, format = "duration", examples = "PT1H") @Nullable
            Duration max) {}
}
