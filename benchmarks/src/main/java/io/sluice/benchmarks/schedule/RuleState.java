package io.sluice.benchmarks.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import io.sluice.run.schedule.ScheduleRules;
import io.sluice.run.schedule.ScheduleSpec;
import java.time.Instant;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A rule, and moments from which its next instant is asked for, the same for all. */
@State(Scope.Thread)
public class RuleState {

    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TEN_YEARS = 315_360_000;
    private static final int MOMENTS = 1 << 12;

    /** Named as in the report. */
    @Param({"every 7 min", "daily", "weekly", "monthly", "cron */5 * * * *", "cron 0 9 L * ?"})
    public String rule = "";

    private ScheduleSpec spec = spec("daily");
    private int next;

    static Stream<Instant> moments() {
        SplittableRandom random = new SplittableRandom(5);
        return Stream.generate(() -> FIRST.plusSeconds(random.nextInt(TEN_YEARS)))
                .limit(MOMENTS);
    }

    private final Instant[] moments = moments().toArray(Instant[]::new);

    @Setup
    public void read() {
        spec = spec(rule);
    }

    ScheduleSpec spec() {
        return spec;
    }

    Instant moment() {
        return moments[next++ & (MOMENTS - 1)];
    }

    /** As a schedule's settings are stored. */
    private static ScheduleSpec spec(String rule) {
        String settings = switch (rule) {
            case "every 7 min" -> "\"every\": \"PT7M\"";
            case "daily" -> "\"daily\": {\"at\": [\"02:30\"]}";
            case "weekly" -> "\"weekly\": {\"days\": [\"monday\", \"thursday\"], \"at\": [\"09:00\"]}";
            case "monthly" ->
                "\"monthly\": {\"days\": [15, -1], \"weekdays\": [{\"nth\": -1, \"day\": \"friday\"}], \"at\": [\"09:00\"]}";
            default -> "\"cron\": \"" + rule.replaceFirst("^cron ", "") + "\"";
        };
        String document = "{\"activateOn\": \"2026-01-01T00:00:00Z\", \"zone\": \"" + ZONE + "\", " + settings + "}";
        return ScheduleRules.stored(Json.parse(document, ScheduleSettings.class), FIRST);
    }
}
