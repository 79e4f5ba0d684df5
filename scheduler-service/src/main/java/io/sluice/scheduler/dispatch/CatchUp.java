package io.sluice.scheduler.dispatch;

import io.sluice.run.schedule.CatchUpPolicy;
import io.sluice.run.schedule.NextInstant;
import io.sluice.scheduler.schedule.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a schedule's instants up to now.
 *
 * @param leftOut those that the rule itself leaves out, oldest first
 * @param leftOutOlder what of these is too much to be told one by one
 * @param missed those that went by and are not made up for, oldest first
 * @param older what of the missed ones is too much to be told one by one
 * @param fire the instant to fire now
 * @param later those to fire one after the other from now on, oldest first
 * @param next the instant after all these
 */
record CatchUp(
        List<LeftOut> leftOut,
        Optional<Range> leftOutOlder,
        List<Instant> missed,
        Optional<Range> older,
        Optional<Instant> fire,
        List<Instant> later,
        Optional<Instant> next) {

    /** An instant this late was not delayed by work but missed. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    private static final int MOST_TOLD = 100;

    /** Beyond it they are not gone through one by one any more; a second's work. */
    private static final int MOST_COUNTED = 1_000_000;

    /** How far back is looked for the newest ones then. */
    private static final List<Duration> COUNTED_ANEW = List.of(
            Duration.ofDays(1),
            Duration.ofDays(32),
            Duration.ofDays(400),
            Duration.ofDays(4_000),
            Duration.ofDays(80_000));

    /** An instant that is excluded, or that the clock skips. */
    record LeftOut(Instant at, String reason) {}

    /**
     * Many instants in one.
     *
     * @param count null when they were not counted
     */
    record Range(Instant first, Instant last, @Nullable Long count) {}

    /** Of a schedule that has no instants of its own but goes by what its runs find: this one alone. */
    static CatchUp single(Clockwork clockwork, Instant due, Instant now, CatchUpPolicy policy) {
        boolean excluded = clockwork.isExcluded(due);
        boolean late = !excluded && chosen(clockwork, List.of(due), now, policy).isEmpty();
        return new CatchUp(
                excluded ? List.of(new LeftOut(due, NextInstant.EXCLUDED)) : List.of(),
                Optional.empty(),
                late ? List.of(due) : List.of(),
                Optional.empty(),
                excluded || late ? Optional.empty() : Optional.of(due),
                List.of(),
                Optional.of(due));
    }

    /** A pure function of the schedule, the instant that is due, now, and the policy. */
    static CatchUp of(Clockwork clockwork, Instant due, Instant now, CatchUpPolicy policy) {
        Past past = Past.of(clockwork, due, now);
        List<Instant> instants = past.instants;
        List<Instant> chosen = chosen(clockwork, instants, now, policy);
        List<Instant> missed = instants.subList(0, instants.size() - chosen.size());
        int told = Math.min(missed.size(), MOST_TOLD);
        return new CatchUp(
                List.copyOf(past.leftOut),
                Optional.ofNullable(past.leftOutOlder),
                List.copyOf(missed.subList(missed.size() - told, missed.size())),
                older(missed.subList(0, missed.size() - told), past),
                chosen.stream().findFirst(),
                chosen.isEmpty() ? List.of() : List.copyOf(chosen.subList(1, chosen.size())),
                past.next);
    }

    /** The newest of them that fire after all. */
    private static List<Instant> chosen(
            Clockwork clockwork, List<Instant> instants, Instant now, CatchUpPolicy policy) {
        if (instants.isEmpty()) {
            return List.of();
        }
        // How late it is counts from when it was due, its jitter over.
        Instant last = clockwork.dueAt(instants.getLast());
        Instant earliest = policy.window() == null ? Instant.MIN : now.minus(policy.window());
        int most = switch (policy.kind()) {
            case NONE -> last.isBefore(now.minus(ON_TIME)) ? 0 : 1;
            case LAST -> last.isBefore(earliest) ? 0 : 1;
            case ALL ->
                Math.min(policy.most(), (int) instants.stream()
                        .filter(at -> !clockwork.dueAt(at).isBefore(earliest))
                        .count());
        };
        return instants.subList(instants.size() - most, instants.size());
    }

    private static Optional<Range> older(List<Instant> untold, Past past) {
        Instant first = past.skippedFrom != null ? past.skippedFrom : untold.isEmpty() ? null : untold.getFirst();
        if (first == null) {
            return Optional.empty();
        }
        Instant last = untold.isEmpty() ? first : untold.getLast();
        return Optional.of(new Range(first, last, past.skippedFrom == null ? (long) untold.size() : null));
    }

    /** The instants that are due by now. */
    private static final class Past {
        private final List<Instant> instants = new ArrayList<>();
        private final Deque<LeftOut> leftOut = new ArrayDeque<>();
        private @Nullable Range leftOutOlder;
        private @Nullable Instant skippedFrom;
        private Optional<Instant> next = Optional.empty();

        static Past of(Clockwork clockwork, Instant due, Instant now) {
            Past past = new Past();
            // The due one anew, since only the rule says whether it is left out.
            Optional<NextInstant.Fire> fire = clockwork.after(due.minusNanos(1));
            if (fire.isEmpty() || fire.get().at().isAfter(due)) {
                // Not of the rule any more, since a zone's have changed: it was announced, so it fires.
                past.instants.add(due);
            }
            int gone = 0;
            while (fire.isPresent() && !clockwork.dueAt(fire.get().at()).isAfter(now)) {
                if (++gone > MOST_COUNTED) {
                    past.skip(due);
                    fire = newest(clockwork, now);
                    gone = 0;
                    continue;
                }
                past.add(fire.get());
                fire = clockwork.after(fire.get().at());
            }
            past.next = fire.map(NextInstant.Fire::at);
            return past;
        }

        private static Optional<NextInstant.Fire> newest(Clockwork clockwork, Instant now) {
            return COUNTED_ANEW.stream()
                    .flatMap(back -> clockwork.after(now.minus(back)).stream())
                    .filter(fire -> !clockwork.dueAt(fire.at()).isAfter(now))
                    .findFirst()
                    .or(() -> clockwork.after(now));
        }

        private void add(NextInstant.Fire fire) {
            if (fire.fires()) {
                instants.add(fire.at());
            } else {
                leftOut.addLast(new LeftOut(fire.at(), String.valueOf(fire.mark())));
                if (leftOut.size() > MOST_TOLD) {
                    untold(leftOut.removeFirst());
                }
            }
        }

        private void untold(LeftOut left) {
            leftOutOlder = leftOutOlder == null
                    ? new Range(left.at(), left.at(), 1L)
                    : new Range(leftOutOlder.first(), left.at(), Objects.requireNonNull(leftOutOlder.count()) + 1);
        }

        private void skip(Instant due) {
            skippedFrom = due;
            instants.clear();
            leftOut.clear();
            leftOutOlder = null;
        }
    }
}
