package io.sluice.integrations.ui;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them, such as {@code 512 KiB}. */
final class SizeText {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * 1024;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})\\s*(b|bytes?|k|kb|kib|m|mb|mib)?");

    private SizeText() {}

    /** For reading, rounded. */
    static String rounded(long bytes) {
        if (bytes < KIB) {
            return bytes + " B";
        }
        return bytes < MIB
                ? String.format(Locale.ROOT, "%.1f KiB", (double) bytes / KIB)
                : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
    }

    /** What {@link #read} reads back as the same. */
    static String exact(int bytes) {
        if (bytes > 0 && bytes % MIB == 0) {
            return bytes / MIB + " MiB";
        }
        return bytes > 0 && bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " bytes";
    }

    /** @throws IllegalArgumentException when it is no size */
    static int read(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException(text + " is no size");
        }
        String unit = size.group(2);
        long factor = unit == null || unit.startsWith("b") ? 1 : unit.startsWith("k") ? KIB : MIB;
        // What is larger than an int is larger than anything that is allowed.
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(size.group(1)) * factor);
    }
}
