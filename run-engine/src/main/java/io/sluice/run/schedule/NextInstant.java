package io.sluice.run.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The next instant of a schedule: a pure function of (rule, zone rules, after). A time that does not exist on a day
 * (spring) is moved by the length of the gap or left out; one that exists twice (autumn) is taken the first time, the
 * second, or both. Intervals, and cron rules with a star for the hour or minute, follow elapsed time instead.
 */
public final class NextInstant {

    /** The time does not exist on that day. */
    public static final String GAP = "gap";

    /** The time exists twice on that day. */
    public static final String OVERLAP = "overlap";

    /** It lies in a period that is left out. */
    public static final String EXCLUDED = "excluded";

    private static final long NANOS = 1_000_000_000L;

    private NextInstant() {}

    /**
     * One instant of a schedule.
     *
     * @param mark {@code gap} when its time does not exist, {@code overlap} when it exists twice, {@code excluded} when
     *     it is left out, else null
     * @param fires false when it is left out
     */
    public record Fire(Instant at, @Nullable String mark, boolean fires) {}

    /**
     * The first instant strictly after the given one, and not before the activation.
     *
     * @return empty when there is none any more
     */
    public static Optional<Fire> after(ScheduleSpec spec, Instant after) {
        Instant from = after;
        while (true) {
            Fire fire = byRule(spec, from, false);
            if (fire == null || isOver(spec, fire.at())) {
                return Optional.empty();
            }
            Instant allowed = spec.excluded().allowed(fire.at());
            if (allowed.equals(fire.at())) {
                return Optional.of(fire);
            }
            from = allowed.minusNanos(1);
        }
    }

    /** The next instants, at most {@code count}. */
    public static List<Fire> list(ScheduleSpec spec, Instant after, int count) {
        List<Fire> fires = new ArrayList<>();
        Instant from = after;
        while (fires.size() < count) {
            Optional<Fire> next = after(spec, from);
            if (next.isEmpty()) {
                break;
            }
            fires.add(next.get());
            from = next.get().at();
        }
        return fires;
    }

    /** The next instants with those that are left out among them, at most {@code count} of both. */
    public static List<Fire> withSkipped(ScheduleSpec spec, Instant after, int count) {
        List<Fire> fires = new ArrayList<>();
        Instant from = after;
        while (fires.size() < count) {
            Fire next = byRule(spec, from, true);
            if (next == null || isOver(spec, next.at())) {
                break;
            }
            fires.add(spec.excluded().contains(next.at()) ? new Fire(next.at(), EXCLUDED, false) : next);
            from = next.at();
        }
        return fires;
    }

    private static boolean isOver(ScheduleSpec spec, Instant at) {
        return spec.until() != null && at.isAfter(spec.until());
    }

    private static @Nullable Fire byRule(ScheduleSpec spec, Instant after, boolean withSkipped) {
        // Just before the activation, so that an instant exactly at it counts.
        Instant bound = after.isBefore(spec.activateOn()) ? spec.activateOn().minusNanos(1) : after;
        return switch (spec.rule()) {
            case Rule.Every every -> every(spec.activateOn(), every.interval(), bound);
            case Rule.Once once ->
                once.at().stream()
                        .filter(at -> at.isAfter(bound))
                        .findFirst()
                        .map(at -> new Fire(at, once.mark(), true))
                        .orElse(null);
            case Rule.OnClock rule -> onClock(rule, spec, bound, withSkipped);
        };
    }

    private static @Nullable Fire onClock(Rule.OnClock rule, ScheduleSpec spec, Instant after, boolean withSkipped) {
        ZoneClock clock = new ZoneClock(rule.times(), ZoneTimeline.of(spec.zone()), spec.inGap(), spec.inOverlap());
        ZoneClock.Occurrence next = clock.after(after.getEpochSecond(), withSkipped);
        return next == null ? null : next.fire();
    }

    private static Fire every(Instant anchor, Duration interval, Instant after) {
        if (after.isBefore(anchor)) {
            return new Fire(anchor, null, true);
        }
        // 292 years of nanoseconds fit, and activations lie between 2000 and 2200.
        long passed = (after.getEpochSecond() - anchor.getEpochSecond()) * NANOS + after.getNano() - anchor.getNano();
        long step = interval.toNanos();
        return new Fire(anchor.plusNanos((passed / step + 1) * step), null, true);
    }
}
