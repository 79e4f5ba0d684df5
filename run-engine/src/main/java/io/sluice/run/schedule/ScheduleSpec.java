package io.sluice.run.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A rule with its zone, the moments between which it counts, and what is left out.
 *
 * @param until the last moment, inclusive
 * @param jitter most that an instant is delayed by; zero is none
 * @param adaptive bounds of an interval that follows what the runs find
 */
public record ScheduleSpec(
        Rule rule,
        Instant activateOn,
        @Nullable Instant until,
        ZoneId zone,
        InGap inGap,
        InOverlap inOverlap,
        Exclusions excluded,
        Duration jitter,
        @Nullable AdaptiveInterval adaptive) {

    /** A rule without options. */
    public ScheduleSpec(Rule rule, Instant activateOn, ZoneId zone) {
        this(rule, activateOn, null, zone, InGap.SHIFT, InOverlap.FIRST, Exclusions.none(), Duration.ZERO, null);
    }

    /** The same with an interval that is counted from another moment: how an adaptive one goes on. */
    public ScheduleSpec paced(Instant from, Duration interval) {
        return new ScheduleSpec(
                new Rule.Every(interval), from, until, zone, inGap, inOverlap, excluded, jitter, adaptive);
    }
}
