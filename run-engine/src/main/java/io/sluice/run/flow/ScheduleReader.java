package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.schedule.ScheduleRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Reads the schedule that a template suggests. */
final class ScheduleReader {

    private static final String AT = "/schedule";

    /** Any day will do to see whether a rule ever fires. */
    private static final Instant SOME_DAY = Instant.parse("2026-01-01T00:00:00Z");

    private ScheduleReader() {}

    static void check(JsonNode schedule, Reader reader) {
        if (schedule.isMissingNode()) {
            return;
        }
        reader.onlyKnows(schedule, AT, Set.of("every", "cron"));
        if (schedule.has("every") == schedule.has("cron")) {
            reader.complain(AT, "one of every and cron is needed here");
            return;
        }
        if (schedule.has("every")) {
            every(schedule.path("every"), reader);
        } else {
            cron(reader.text(schedule, AT, "cron"), reader);
        }
    }

    private static void every(JsonNode node, Reader reader) {
        int before = reader.problems().size();
        Duration every = Durations.some(node, AT + "/every", reader);
        if (reader.problems().size() == before
                && (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofDays(365)) > 0)) {
            reader.complain(AT + "/every", "an interval lies between PT1S and P365D");
        }
    }

    private static void cron(String expression, Reader reader) {
        if (expression.isEmpty()) {
            return;
        }
        try {
            ScheduleRules.read(settings(expression), SOME_DAY, Duration.ofSeconds(1));
        } catch (ProblemException e) {
            e.errors().forEach(problem -> reader.complain(AT + problem.pointer(), problem.detail()));
        }
    }

    private static ScheduleSettings settings(String cron) {
        return new ScheduleSettings(null, null, null, null, null, cron, null, null);
    }
}
