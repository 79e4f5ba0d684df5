package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A schedule in the making. */
public record ScheduleForm(
        String rule, String amount, String unit, String at, String cron, String zone, String activateOn) {

    static ScheduleForm suggested(@Nullable String every) {
        Duration interval = every == null ? Duration.ofMinutes(5) : Duration.parse(every);
        boolean seconds = interval.toSeconds() % 60 != 0;
        return new ScheduleForm(
                "every",
                String.valueOf(seconds ? interval.toSeconds() : interval.toMinutes()),
                seconds ? "seconds" : "minutes",
                "02:30",
                "0 9 * * 1-5",
                "UTC",
                "");
    }

    static ScheduleForm of(MultivaluedMap<String, String> form) {
        return new ScheduleForm(
                text(form, "rule"),
                text(form, "amount"),
                text(form, "unit"),
                text(form, "at"),
                text(form, "cron"),
                text(form, "zone"),
                text(form, "activateOn"));
    }

    /** @throws ProblemException when the interval is no number */
    ScheduleSettings settings() {
        return new ScheduleSettings(
                true,
                activateOn.isBlank() ? null : activateOn,
                zone.isBlank() ? null : zone,
                rule.equals("every") ? interval() : null,
                rule.equals("daily")
                        ? new ScheduleSettings.Daily(Arrays.stream(at.split("[,\\s]+"))
                                .filter(time -> !time.isBlank())
                                .toList())
                        : null,
                rule.equals("cron") ? cron : null,
                null,
                null);
    }

    public List<String> units() {
        return List.of("seconds", "minutes", "hours");
    }

    private Duration interval() {
        if (!amount.matches("\\d{1,8}")) {
            throw ProblemException.field("/every", "a whole number is needed");
        }
        long number = Long.parseLong(amount);
        return switch (unit) {
            case "hours" -> Duration.ofHours(number);
            case "seconds" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static String text(MultivaluedMap<String, String> form, String name) {
        String value = form.getFirst(name);
        return value == null ? "" : value.strip();
    }
}
