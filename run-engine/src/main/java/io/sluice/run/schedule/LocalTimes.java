package io.sluice.run.schedule;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/**
 * Dates and times of a clock that no zone touches yet; seconds are counted as if it were UTC's.
 *
 * @param elapsed whether they mean “again and again” rather than certain times of day, so that they go on through hours
 *     that a clock shows twice or not at all
 */
record LocalTimes(Days days, TimesOfDay times, boolean elapsed) {

    /** There is none any more. */
    static final long NONE = Long.MAX_VALUE;

    /** A leap day on a certain weekday comes again after 40 years at the latest. */
    private static final int MOST_MONTHS = 12 * 60;

    static LocalTimes of(Days days, List<LocalTime> at) {
        return new LocalTimes(days, TimesOfDay.of(at), false);
    }

    /** The first at or after a second. */
    long atOrAfter(long from) {
        long day = Math.floorDiv(from, TimesOfDay.DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        int year = date.getYear();
        int month = date.getMonthValue();
        int ofMonth = date.getDayOfMonth();
        int fits = days.of(year, month);
        if ((fits >>> ofMonth & 1) != 0) {
            int time = times.atOrAfter((int) (from - day * TimesOfDay.DAY));
            if (time >= 0) {
                return day * TimesOfDay.DAY + time;
            }
        }
        long monthStart = day - ofMonth;
        int later = ofMonth == 31 ? 0 : fits & (-1 << (ofMonth + 1));
        for (int i = 0; later == 0; i++) {
            if (i == MOST_MONTHS) {
                return NONE;
            }
            month = month == 12 ? 1 : month + 1;
            year = month == 1 ? year + 1 : year;
            later = days.of(year, month);
            monthStart = later == 0 ? monthStart : LocalDate.of(year, month, 1).toEpochDay() - 1;
        }
        return (monthStart + Integer.numberOfTrailingZeros(later)) * TimesOfDay.DAY + times.atOrAfter(0);
    }
}
