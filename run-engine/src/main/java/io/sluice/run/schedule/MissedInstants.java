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
        long all = count(spec, since, now);
        boolean isLeast = all > MOST_COUNTED;
        Instant oldest = policy.window() == null
                ? since
                : later(since, now.minus(policy.window()).minusNanos(1));
        List<NextInstant.Fire> fire = policy.kind() == CatchUpPolicy.Kind.NONE || all == 0
                ? List.of()
                : newest(spec, oldest, now, policy.most());
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

    private static List<NextInstant.Fire> newest(ScheduleSpec spec, Instant since, Instant now, int most) {
        Deque<NextInstant.Fire> newest = new ArrayDeque<>();
        Optional<NextInstant.Fire> last = last(spec, since, now);
        while (last.isPresent() && newest.size() < most) {
            newest.addFirst(last.get());
            last = last(spec, since, last.get().at().minusNanos(1));
        }
        return List.copyOf(newest);
    }

    /**
     * The last instant after one moment and not after another. Halves the time between them again and again: to walk
     * through a pause of years would take minutes.
     */
    private static Optional<NextInstant.Fire> last(ScheduleSpec spec, Instant since, Instant now) {
        Instant end = now;
        Optional<NextInstant.Fire> last = Optional.empty();
        Optional<NextInstant.Fire> next = within(spec, since, end);
        while (next.isPresent()) {
            last = next;
            Instant middle = middle(last.get().at(), end);
            next = within(spec, middle, end);
            if (next.isEmpty()) {
                end = middle;
                next = within(spec, last.get().at(), end);
            }
        }
        return last;
    }

    private static Optional<NextInstant.Fire> within(ScheduleSpec spec, Instant after, Instant end) {
        return NextInstant.after(spec, after).filter(fire -> !fire.at().isAfter(end));
    }

    private static Instant middle(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
