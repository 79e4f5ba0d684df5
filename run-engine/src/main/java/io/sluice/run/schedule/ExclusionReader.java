package io.sluice.run.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the dates and periods that are left out. */
record ExclusionReader(Moments moments, FieldProblems problems) {

    private static final int MOST = 1_000;

    Exclusions read(@Nullable List<ScheduleSettings.Excluded> excluded) {
        if (excluded == null) {
            return Exclusions.none();
        }
        if (excluded.size() > MOST) {
            problems.add(
                    "/excluded",
                    "at most " + MOST + " dates or periods, not " + excluded.size()
                            + "; put neighbouring days together as from and to");
            return Exclusions.none();
        }
        List<Exclusions.Period> periods = new ArrayList<>();
        for (int i = 0; i < excluded.size(); i++) {
            read("/excluded/" + i, excluded.get(i), periods);
        }
        return Exclusions.of(periods);
    }

    private void read(String pointer, ScheduleSettings.@Nullable Excluded excluded, List<Exclusions.Period> periods) {
        if (excluded == null || excluded.from() == null) {
            problems.add(pointer + "/from", "a date such as 2026-12-24, or a local time such as 2026-12-24T18:00");
            return;
        }
        List<Exclusions.Period> from = periods(pointer + "/from", excluded.from());
        if (from.isEmpty() || excluded.to() == null) {
            periods.addAll(from);
            return;
        }
        List<Exclusions.Period> to = periods(pointer + "/to", excluded.to());
        if (to.isEmpty()) {
            return;
        }
        Instant start = from.getFirst().from();
        Instant end = to.getLast().end();
        if (end.isAfter(start)) {
            boolean days = from.getFirst().days() > 0 && to.getLast().days() > 0;
            periods.add(new Exclusions.Period(start, end, days ? daysBetween(start, end) : 0));
        } else {
            problems.add(pointer + "/to", "lies before from; the period ends with it");
        }
    }

    private int daysBetween(Instant start, Instant end) {
        return (int) ChronoUnit.DAYS.between(
                start.atZone(moments.zone()).toLocalDate(),
                end.atZone(moments.zone()).toLocalDate());
    }

    /** What a date or a time alone excludes. */
    private List<Exclusions.Period> periods(String pointer, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return List.of(new Exclusions.Period(moments.start(day), moments.start(day.plusDays(1)), 1));
        } catch (DateTimeParseException e) {
            LocalDateTime local = moments.localTime(pointer, text);
            return local == null
                    ? List.of()
                    : moments.instants(local).stream()
                            .map(at -> new Exclusions.Period(at, at.plusSeconds(1), 0))
                            .toList();
        }
    }
}
