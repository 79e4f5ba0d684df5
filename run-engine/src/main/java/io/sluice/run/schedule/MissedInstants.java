package io.sluice.run.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of the instants of a pause or a downtime.
 *
 * @param fire the instants to make up for, oldest first
 * @param missed how many stay missed
 * @param isLeast whether there are more of those than were counted
 */
public record MissedInstants(List<NextInstant.Fire> fire, long missed, boolean isLeast) {

    /** More are not counted: nobody needs to know whether it were one or two million. */
    private static final int MOST_COUNTED = 100_000;

    /** How far back is looked for the newest instants, each time. */
    private static final int FURTHER = 8;

    public MissedInstants {
        fire = List.copyOf(fire);
    }

    /**
     * A pure function of the rule, the pause and the policy. The newest instants are fired, as many as the policy allows.
     *
     * @param since the last moment whose instant has an outcome
     * @param now the last moment whose instant is over
     */
    public static MissedInstants of(ScheduleSpec spec, Instant since, Instant now, CatchUpPolicy policy) {
        if (spec.until() != null && spec.until().isBefore(now)) {
            // Nothing comes after it, and looking there would be long.
            return spec.until().isBefore(since)
                    ? new MissedInstants(List.of(), 0, false)
                    : upTo(spec, since, now, spec.until(), policy);
        }
        return upTo(spec, since, now, now, policy);
    }

    private static MissedInstants upTo(
            ScheduleSpec spec, Instant since, Instant now, Instant end, CatchUpPolicy policy) {
        long all = count(spec, since, end);
        boolean isLeast = all > MOST_COUNTED;
        Instant oldest = policy.window() == null
                ? since
                : later(since, now.minus(policy.window()).minusNanos(1));
        List<NextInstant.Fire> fire = policy.kind() == CatchUpPolicy.Kind.NONE || all == 0
                ? List.of()
                : newest(spec, oldest, end, policy.most());
        return new MissedInstants(fire, Math.min(all, MOST_COUNTED) - (isLeast ? 0 : fire.size()), isLeast);
    }

    /** When the nth of the instants to make up for is started: one after the other. */
    public static Instant startOf(int nth, Instant now, CatchUpPolicy policy) {
        return now.plus(policy.every().multipliedBy(nth));
    }

    private static long count(ScheduleSpec spec, Instant since, Instant now) {
        long count = 0;
        Optional<NextInstant.Fire> next = NextInstant.after(spec, since);
        while (next.isPresent() && !next.get().at().isAfter(now) && count <= MOST_COUNTED) {
            count++;
            next = NextInstant.after(spec, next.get().at());
        }
        return count;
    }

    /** Looks back further and further until there are enough: forward alone, a long pause would be walked in seconds. */
    private static List<NextInstant.Fire> newest(ScheduleSpec spec, Instant since, Instant now, int most) {
        Duration total = Duration.between(since, now);
        Duration back = Duration.ofSeconds(most);
        while (back.compareTo(total) < 0) {
            List<NextInstant.Fire> found = within(spec, now.minus(back), now, most);
            if (found.size() == most) {
                return found;
            }
            back = back.multipliedBy(FURTHER);
        }
        return within(spec, since, now, most);
    }

    private static List<NextInstant.Fire> within(ScheduleSpec spec, Instant after, Instant now, int most) {
        Deque<NextInstant.Fire> newest = new ArrayDeque<>();
        Optional<NextInstant.Fire> next = NextInstant.after(spec, after);
        while (next.isPresent() && !next.get().at().isAfter(now)) {
            newest.addLast(next.get());
            if (newest.size() > most) {
                newest.removeFirst();
            }
            next = NextInstant.after(spec, next.get().at());
        }
        return List.copyOf(newest);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
