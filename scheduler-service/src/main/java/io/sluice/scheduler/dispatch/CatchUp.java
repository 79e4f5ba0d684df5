package io.sluice.scheduler.dispatch;

import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a schedule's instants up to now: at most the last one is fired, the others were missed.
 *
 * @param missed oldest first, the newest thousand of them
 * @param fire the instant to fire now
 * @param next the instant after now
 */
record CatchUp(List<Instant> missed, Optional<Instant> fire, Optional<Instant> next) {

    /** An instant this late was not delayed by work but missed. */
    static final Duration ON_TIME = Duration.ofMinutes(1);

    private static final int MOST_RECORDED = 1_000;

    /** Windows that are looked through for the last instants when there are too many to go through them all. */
    private static final List<Duration> WINDOWS = List.of(
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(7),
            Duration.ofDays(32),
            Duration.ofDays(366));

    /**
     * A pure function of the rule, the instant that is due, and now.
     *
     * @param policy {@code last}: the last instant is fired however late; {@code none}: only when it is on time
     */
    static CatchUp of(ScheduleSpec spec, Instant due, Instant now, @Nullable String policy) {
        List<Instant> instants = upToNow(spec, due, now);
        Instant last = instants.getLast();
        boolean fires = !"none".equals(policy) || !last.isBefore(now.minus(ON_TIME));
        List<Instant> missed = fires ? instants.subList(0, instants.size() - 1) : instants;
        return new CatchUp(
                List.copyOf(missed),
                fires ? Optional.of(last) : Optional.empty(),
                NextInstant.after(spec, now).map(NextInstant.Fire::at));
    }

    private static List<Instant> upToNow(ScheduleSpec spec, Instant due, Instant now) {
        List<Instant> instants = collected(spec, due, now);
        if (instants.size() <= MOST_RECORDED) {
            return instants;
        }
        for (Duration window : WINDOWS) {
            Optional<Instant> first = NextInstant.after(spec, now.minus(window))
                    .map(NextInstant.Fire::at)
                    .filter(at -> !at.isAfter(now));
            if (first.isPresent()) {
                return collected(spec, first.get(), now);
            }
        }
        return instants;
    }

    private static List<Instant> collected(ScheduleSpec spec, Instant first, Instant now) {
        List<Instant> instants = new ArrayList<>();
        Optional<Instant> next = Optional.of(first);
        while (next.isPresent() && !next.get().isAfter(now) && instants.size() <= MOST_RECORDED) {
            instants.add(next.get());
            next = NextInstant.after(spec, next.get()).map(NextInstant.Fire::at);
        }
        return instants;
    }
}
