package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.SchedulePreview;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.integrations.schedule.ScheduleService;
import io.sluice.integrations.security.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a rule fires next, for the page.
 *
 * @param words the rule in plain English; empty when it cannot be read
 * @param rows its next instants
 * @param marked later ones at which something is unusual
 * @param problems why it cannot be read
 */
public record NextTimes(String words, List<Row> rows, List<Row> marked, List<String> problems) {

    private static final int SHOWN = 6;
    private static final int MARKED = 4;
    private static final int PAGE = 200;

    /** A daily rule's next year and a half. */
    private static final int PAGES = 3;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.UK);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.UK);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.UK);

    /**
     * One instant, by the zone's clock.
     *
     * @param mark empty, or what is unusual about it
     * @param fires whether it runs then
     */
    public record Row(String date, String time, Instant at, String mark, boolean fires) {

        static Row of(SchedulePreview.Fire fire) {
            OffsetDateTime local = OffsetDateTime.parse(fire.local());
            return new Row(
                    DATE.format(local),
                    (local.getSecond() == 0 ? TIME : EXACT).format(local),
                    fire.at(),
                    words(fire.mark(), fire.fires(), local),
                    fire.fires());
        }

        private static String words(@Nullable String mark, boolean fires, OffsetDateTime local) {
            return switch (String.valueOf(mark)) {
                case "gap" -> fires ? "the clock is put forward" : "skipped, the clock jumps over it";
                case "overlap" -> "this time comes twice, UTC" + local.getOffset();
                case "excluded" -> "excluded";
                case "catchUp" -> "made up for now";
                default -> "";
            };
        }
    }

    static NextTimes of(
            ScheduleService schedules, Caller caller, ScheduleForm form, @Nullable ScheduleSettings stored) {
        try {
            return of(schedules, caller, form.settings(stored));
        } catch (ProblemException e) {
            return new NextTimes("", List.of(), List.of(), problems(e));
        }
    }

    private static NextTimes of(ScheduleService schedules, Caller caller, ScheduleSettings settings) {
        List<Row> rows = new ArrayList<>();
        List<Row> marked = new ArrayList<>();
        String words = "";
        Instant after = null;
        for (int page = 0; page < PAGES && marked.size() < MARKED; page++) {
            SchedulePreview preview = schedules.preview(caller, settings, PAGE, after, null);
            words = preview.words();
            for (SchedulePreview.Fire fire : preview.next()) {
                add(Row.of(fire), rows, marked);
            }
            if (preview.next().size() < PAGE) {
                break;
            }
            after = preview.next().getLast().at();
        }
        return new NextTimes(words, rows, marked, List.of());
    }

    private static void add(Row row, List<Row> rows, List<Row> marked) {
        if (rows.size() < SHOWN) {
            rows.add(row);
        } else if (!row.mark().isEmpty() && marked.size() < MARKED) {
            marked.add(row);
        }
    }

    private static List<String> problems(ProblemException problem) {
        List<String> details =
                problem.errors().stream().map(FieldProblem::detail).toList();
        return details.isEmpty() ? List.of(problem.detail()) : details;
    }
}
