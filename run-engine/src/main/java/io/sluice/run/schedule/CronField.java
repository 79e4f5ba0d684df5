package io.sluice.run.schedule;

import java.util.List;

/**
 * One field of a cron expression: numbers, names, ranges, steps and lists of them. A range may go round the end.
 *
 * @param names the names of the values from {@code first} on
 */
record CronField(String name, int first, int last, List<String> names) {

    /** @throws IllegalArgumentException that says what is wrong */
    long bits(String field) {
        long bits = 0;
        for (String part : field.split(",", -1)) {
            bits |= part(part);
        }
        return bits;
    }

    /** One part of a list. */
    long part(String text) {
        int slash = text.indexOf('/');
        String range = slash < 0 ? text : text.substring(0, slash);
        int size = last - first + 1;
        int step = slash < 0 ? 1 : number(text.substring(slash + 1), name + ": step", 1, size);
        if (range.equals("*")) {
            return bits(first, last, step);
        }
        int dash = range.indexOf('-', 1);
        if (dash < 0) {
            int value = wrapped(value(range));
            return bits(value, slash < 0 ? value : last, step);
        }
        int from = wrapped(value(range.substring(0, dash)));
        int to = value(range.substring(dash + 1));
        return bits(from, to < from ? to + size : to, step);
    }

    /** A number or a name. */
    int value(String text) {
        int named = names.indexOf(text);
        return named >= 0 ? named + first : number(text, name, first, isWeekday() ? 7 : last);
    }

    static int number(String text, String what, int least, int most) {
        if (!text.matches("\\d{1,4}")) {
            throw new IllegalArgumentException(what + ": “" + text + "” is no number");
        }
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(what + ": " + number + " is not between " + least + " and " + most);
        }
        return number;
    }

    private long bits(int from, int to, int step) {
        long bits = 0;
        for (int value = from; value <= to; value += step) {
            bits |= 1L << wrapped(value);
        }
        return bits;
    }

    private int wrapped(int value) {
        return value > last ? value - (last - first + 1) : value;
    }

    /** Sunday has two numbers. */
    private boolean isWeekday() {
        return first == 0 && last == 6;
    }
}
