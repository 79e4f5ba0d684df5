package io.sluice.run.schedule;

import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The next instant of a schedule: a pure function of (rule, zone rules, after). A time that does not exist on a day
 * (spring) is moved by the length of the gap; one that exists twice (autumn) is taken the first time.
 */
public final class NextInstant {

    /** How many of the rule's local times may map to instants that are over already, before we give up. */
    private static final int MAX_SKIPPED = 100_000;

    private NextInstant() {}

    /**
     * One instant of a schedule.
     *
     * @param mark {@code gap} when its time was moved, {@code overlap} when its time exists twice, else null
     */
    public record Fire(Instant at, @Nullable String mark) {}

    /**
     * The first instant strictly after the given one, and not before the activation.
     *
     * @return empty when there is none any more
     */
    public static Optional<Fire> after(ScheduleSpec spec, Instant after) {
        // Just before the activation, so that an instant exactly at it counts.
        Instant bound = after.isBefore(spec.activateOn()) ? spec.activateOn().minusNanos(1) : after;
        return switch (spec.rule()) {
            case Rule.Every(var interval) -> Optional.of(every(spec.activateOn(), interval, bound));
            case Rule.Daily(var times) -> daily(times, spec.zone(), bound);
            case Rule.CronRule cron -> cron(cron, spec.zone(), bound);
        };
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

    private static Fire every(Instant anchor, Duration interval, Instant after) {
        if (after.isBefore(anchor)) {
            return new Fire(anchor, null);
        }
        long passed = Duration.between(anchor, after).dividedBy(interval);
        return new Fire(anchor.plus(interval.multipliedBy(passed + 1)), null);
    }

    private static Optional<Fire> daily(List<LocalTime> times, ZoneId zone, Instant after) {
        // A day earlier, because a time that a gap has moved may lie behind the clock's date.
        LocalDate day = after.atZone(zone).toLocalDate().minusDays(1);
        for (int i = 0; i < 5; i++) {
            LocalDate date = day.plusDays(i);
            // The earliest, not the first: a time in a gap is moved past times that follow it.
            Optional<Fire> fire = times.stream()
                    .map(time -> at(LocalDateTime.of(date, time), zone))
                    .filter(candidate -> candidate.at().isAfter(after))
                    .min(Comparator.comparing(Fire::at));
            if (fire.isPresent()) {
                return fire;
            }
        }
        return Optional.empty();
    }

    private static Optional<Fire> cron(Rule.CronRule rule, ZoneId zone, Instant after) {
        ExecutionTime times = ExecutionTime.forCron(rule.parsed());
        // On a clock without transitions first; the zone's own rules are applied to what comes out.
        ZonedDateTime local = searchFrom(zone, after).atZone(ZoneOffset.UTC);
        Fire best = null;
        for (int i = 0; i < MAX_SKIPPED; i++) {
            Optional<ZonedDateTime> next = times.nextExecution(local);
            if (next.isEmpty()) {
                break;
            }
            local = next.get();
            Fire fire = at(local.toLocalDateTime(), zone);
            if (fire.at().isAfter(after)) {
                best = best == null || fire.at().isBefore(best.at()) ? fire : best;
                // After a time of a gap, which is moved, an earlier instant may still follow; after others none.
                if (!"gap".equals(fire.mark())) {
                    break;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The clock's time; within a gap's length after it, the gap's beginning, so that moved times are seen. */
    private static LocalDateTime searchFrom(ZoneId zone, Instant after) {
        ZoneOffsetTransition last = zone.getRules().previousTransition(after.plusNanos(1));
        if (last != null && last.isGap() && after.isBefore(last.getInstant().plus(last.getDuration()))) {
            return last.getDateTimeBefore().minusSeconds(1);
        }
        return after.atZone(zone).toLocalDateTime();
    }

    private static Fire at(LocalDateTime local, ZoneId zone) {
        int offsets = zone.getRules().getValidOffsets(local).size();
        return new Fire(local.atZone(zone).toInstant(), offsets == 0 ? "gap" : offsets > 1 ? "overlap" : null);
    }
}
