package io.sluice.run.schedule;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** The shortest time between two instants of a rule, as the clock shows them; a change of the clock is left aside. */
final class ShortestInterval {

    private ShortestInterval() {}

    /** Empty when there are no two. */
    static Optional<Duration> of(ScheduleSpec spec) {
        return switch (spec.rule()) {
            case Rule.Every every ->
                Optional.of(
                        spec.adaptive() == null
                                ? every.interval()
                                : spec.adaptive().min());
            case Rule.Once _ -> Optional.empty();
            case Rule.OnClock rule -> {
                LocalTimes times = rule.times();
                int year = spec.activateOn().atOffset(ZoneOffset.UTC).getYear();
                yield Optional.of(
                        Duration.ofSeconds(times.times().shortest(times.days().hasNeighbours(year))));
            }
        };
    }
}
