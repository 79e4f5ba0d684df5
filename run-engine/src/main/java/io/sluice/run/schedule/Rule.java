package io.sluice.run.schedule;

import com.cronutils.model.Cron;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/** When a schedule fires. */
public sealed interface Rule {

    /** After each interval of elapsed time, counted from the schedule's activation. */
    record Every(Duration interval) implements Rule {}

    /** Each day at these times of the zone's clock, in order. */
    record Daily(List<LocalTime> at) implements Rule {
        public Daily {
            at = at.stream().distinct().sorted().toList();
        }
    }

    /** As a cron expression says. */
    record CronRule(String expression, Cron parsed) implements Rule {}
}
