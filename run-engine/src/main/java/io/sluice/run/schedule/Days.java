package io.sluice.run.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Days of the calendar as bits, so that a month is looked at in one go. Day n is bit n, Sunday is weekday 0.
 *
 * @param months bits 1 to 12
 * @param ofMonth bits 1 to 31
 * @param fromEnd bit 0 is the month's last day, bit 1 the one before, and so on
 * @param nearest bit n is the working day nearest to day n, in the same month
 * @param lastWorkday whether the month's last working day counts
 * @param ofWeek bits 0 to 6
 * @param nth six bits for each weekday: its 1st to 5th, and its last
 * @param either whether a day of the month or of the week is enough; else both must fit
 */
record Days(
        int months, int ofMonth, int fromEnd, int nearest, boolean lastWorkday, int ofWeek, long nth, boolean either) {

    static final int ALL_MONTHS = 0b1_1111_1111_1110;
    static final int ALL_OF_MONTH = ~1;
    static final int ALL_OF_WEEK = 0b111_1111;

    /** Where a weekday's last one stands among its six bits. */
    static final int LAST = 5;

    /** Every seventh day from day 1, 2 … 7 on. */
    private static final int[] SEVENTHS = sevenths();

    static Days every() {
        return new Days(ALL_MONTHS, ALL_OF_MONTH, 0, 0, false, ALL_OF_WEEK, 0, false);
    }

    static Days ofWeek(Set<DayOfWeek> days) {
        int bits = 0;
        for (DayOfWeek day : days) {
            bits |= 1 << day.getValue() % 7;
        }
        return new Days(ALL_MONTHS, ALL_OF_MONTH, 0, 0, false, bits, 0, false);
    }

    static Days ofMonth(List<Integer> days, List<Rule.NthWeekday> weekdays) {
        int ofMonth = 0;
        int fromEnd = 0;
        long nth = 0;
        for (int day : days) {
            if (day > 0) {
                ofMonth |= 1 << day;
            } else {
                fromEnd |= 1 << (-day - 1);
            }
        }
        for (Rule.NthWeekday weekday : weekdays) {
            nth |= nthBit(weekday.day().getValue() % 7, weekday.nth());
        }
        return new Days(ALL_MONTHS, ofMonth, fromEnd, 0, false, 0, nth, true);
    }

    /** @param nth 1 to 5, or -1 for the last */
    static long nthBit(int weekday, int nth) {
        return 1L << (weekday * 6 + (nth < 0 ? LAST : nth - 1));
    }

    /** The days of a month, day n as bit n. */
    int of(int year, int month) {
        if ((months & 1 << month) == 0) {
            return 0;
        }
        int length = length(year, month);
        int all = (int) ((1L << (length + 1)) - 2);
        // Only where they matter: most rules are of one kind.
        boolean anyOfMonth = ofMonth == ALL_OF_MONTH;
        boolean anyOfWeek = ofWeek == ALL_OF_WEEK;
        if (!either && anyOfMonth && anyOfWeek) {
            return all;
        }
        int first = first(year, month);
        int byWeek = anyOfWeek ? all : byWeek(first, length);
        int byMonth = anyOfMonth ? all : byMonth(first, length);
        return (either ? byWeek | byMonth : byWeek & byMonth) & all;
    }

    /** Whether two days in a row can fit, looked for in the years after one. */
    boolean hasNeighbours(int year) {
        boolean lastFits = false;
        for (int month = 0; month < 12 * 30; month++) {
            int ofYear = year + month / 12;
            int days = of(ofYear, month % 12 + 1);
            if ((days & days >>> 1 & ALL_OF_MONTH) != 0 || (lastFits && (days & 2) != 0)) {
                return true;
            }
            lastFits = (days & 1 << length(ofYear, month % 12 + 1)) != 0;
        }
        return false;
    }

    private int byMonth(int first, int length) {
        int days = ofMonth;
        for (int bits = fromEnd; bits != 0; bits &= bits - 1) {
            int back = Integer.numberOfTrailingZeros(bits);
            days |= back < length ? 1 << (length - back) : 0;
        }
        for (int bits = nearest; bits != 0; bits &= bits - 1) {
            int day = Integer.numberOfTrailingZeros(bits);
            days |= day <= length ? 1 << workday(day, first, length) : 0;
        }
        return lastWorkday ? days | 1 << workday(length, first, length) : days;
    }

    private int byWeek(int first, int length) {
        int days = 0;
        for (int bits = ofWeek; bits != 0; bits &= bits - 1) {
            days |= SEVENTHS[(Integer.numberOfTrailingZeros(bits) - first + 7) % 7];
        }
        for (long bits = nth; bits != 0; bits &= bits - 1) {
            int bit = Long.numberOfTrailingZeros(bits);
            int day = (bit / 6 - first + 7) % 7 + 1;
            int which = bit % 6;
            int fits = which == LAST ? day + (length - day) / 7 * 7 : day + which * 7;
            days |= fits <= length ? 1 << fits : 0;
        }
        return days;
    }

    /** The working day nearest to a day, without leaving the month. */
    private static int workday(int day, int first, int length) {
        int weekday = (first + day - 1) % 7;
        if (weekday == 6) {
            return day == 1 ? 3 : day - 1;
        }
        if (weekday == 0) {
            return day == length ? day - 2 : day + 1;
        }
        return day;
    }

    private static int length(int year, int month) {
        if (month == 2) {
            return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** The weekday of a month's first day. */
    private static int first(int year, int month) {
        // 1 Jan 1970 was a Thursday.
        return (int) Math.floorMod(LocalDate.of(year, month, 1).toEpochDay() + 4, 7L);
    }

    private static int[] sevenths() {
        int[] masks = new int[7];
        for (int day = 1; day <= 31; day++) {
            masks[(day - 1) % 7] |= 1 << day;
        }
        return masks;
    }
}
