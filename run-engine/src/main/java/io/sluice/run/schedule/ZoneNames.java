package io.sluice.run.schedule;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the zone that somebody may have meant. */
final class ZoneNames {

    /** Names with more mistakes than this are anybody's guess. */
    private static final int MOST_MISTAKES = 3;

    private static final int LONGEST = 64;

    private ZoneNames() {}

    /** The name with the fewest mistakes, looked for in whole names and in those of cities. */
    static Optional<String> nearest(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = text.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
        return ZoneId.getAvailableZoneIds().stream()
                .filter(name -> name.contains("/") && !name.startsWith("Etc/") && !name.startsWith("SystemV/"))
                .map(name -> new Guess(name, mistakes(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(guess -> guess.mistakes() <= MOST_MISTAKES && guess.mistakes() < wanted.length() / 2)
                .min(Comparator.comparing(Guess::mistakes).thenComparing(Guess::name))
                .map(Guess::name);
    }

    private record Guess(String name, int mistakes) {}

    private static int mistakes(String wanted, String name) {
        String city = name.substring(name.lastIndexOf('/') + 1);
        String wantedCity = wanted.substring(wanted.lastIndexOf('/') + 1);
        int whole = distance(wanted, name);
        // A wrong continent is one mistake more than none.
        return Math.min(whole, distance(wantedCity, city) + 1);
    }

    /** Levenshtein's. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? diagonal : diagonal + 1;
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
