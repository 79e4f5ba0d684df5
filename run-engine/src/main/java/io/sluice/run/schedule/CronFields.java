package io.sluice.run.schedule;

import java.util.List;
import java.util.Locale;

/**
 * Reads cron expressions: five fields as everywhere, or six with seconds first; Sunday is 0 or 7. As in Unix cron, a day
 * fits when the day of the month or the day of the week does, if both are given; when one of them begins with a star,
 * both must. Six fields follow the same rule.
 */
final class CronFields {

    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final CronField SECOND = new CronField("second", 0, 59, List.of());
    private static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
    private static final CronField HOUR = new CronField("hour", 0, 23, List.of());
    private static final CronField DAY = new CronField("day of the month", 1, 31, List.of());
    private static final CronField MONTH = new CronField("month", 1, 12, MONTHS);
    private static final CronField WEEKDAY = new CronField("day of the week", 0, 6, WEEKDAYS);

    private int ofMonth;
    private int fromEnd;
    private int nearest;
    private boolean lastWorkday;
    private int ofWeek;
    private long nth;

    private CronFields() {}

    /** @throws IllegalArgumentException that says what is wrong */
    static LocalTimes parse(String expression) {
        String[] fields = expression.strip().toUpperCase(Locale.ROOT).split("\\s+", -1);
        if (fields.length != 5 && fields.length != 6) {
            throw new IllegalArgumentException("a cron expression has five fields, or six with seconds first");
        }
        int minute = fields.length - 5;
        TimesOfDay times = new TimesOfDay.Fields(
                minute == 0 ? 1 : SECOND.bits(fields[0]), MINUTE.bits(fields[minute]), HOUR.bits(fields[minute + 1]));
        boolean elapsed = fields[minute].startsWith("*") || fields[minute + 1].startsWith("*");
        return new LocalTimes(
                new CronFields().days(fields[minute + 2], fields[minute + 3], fields[minute + 4]), times, elapsed);
    }

    private Days days(String ofMonthField, String monthField, String ofWeekField) {
        for (String part : parts(ofMonthField)) {
            dayOfMonth(part);
        }
        for (String part : parts(ofWeekField)) {
            dayOfWeek(part);
        }
        boolean either = !isStar(ofMonthField) && !isStar(ofWeekField);
        return new Days((int) MONTH.bits(monthField), ofMonth, fromEnd, nearest, lastWorkday, ofWeek, nth, either);
    }

    private void dayOfMonth(String part) {
        if (part.equals("?")) {
            ofMonth |= Days.ALL_OF_MONTH;
        } else if (part.equals("L")) {
            fromEnd |= 1;
        } else if (part.equals("LW") || part.equals("WL")) {
            lastWorkday = true;
        } else if (part.startsWith("L-")) {
            fromEnd |= 1 << CronField.number(part.substring(2), "days before the month's last", 0, 30);
        } else if (part.endsWith("W")) {
            nearest |= 1 << DAY.value(part.substring(0, part.length() - 1));
        } else {
            ofMonth |= (int) DAY.part(part);
        }
    }

    private void dayOfWeek(String part) {
        int hash = part.indexOf('#');
        if (part.equals("?")) {
            ofWeek |= Days.ALL_OF_WEEK;
        } else if (part.equals("L")) {
            throw new IllegalArgumentException("day of the week: L needs its day; 5L is the month's last Friday");
        } else if (hash >= 0) {
            int which = CronField.number(part.substring(hash + 1), "number after #", 1, 5);
            nth |= Days.nthBit(weekday(part.substring(0, hash)), which);
        } else if (part.endsWith("L")) {
            nth |= Days.nthBit(weekday(part.substring(0, part.length() - 1)), -1);
        } else {
            ofWeek |= (int) WEEKDAY.part(part);
        }
    }

    private static int weekday(String text) {
        return WEEKDAY.value(text) % 7;
    }

    private static boolean isStar(String field) {
        return field.startsWith("*") || field.equals("?");
    }

    private static String[] parts(String field) {
        return field.split(",", -1);
    }
}
