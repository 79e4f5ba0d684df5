package io.sluice.run.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of instants that were missed.
 *
 * @param window older ones stay missed; null for no bound
 * @param most most that are fired at once
 * @param every pause between two of them
 */
public record CatchUpPolicy(Kind kind, @Nullable Duration window, int most, Duration every) {

    public static final List<String> WORDS = List.of("none", "last", "all");

    /** What is meant where settings say nothing. */
    public static final String DEFAULT = "last";

    private static final Duration DAY = Duration.ofDays(1);

    /** Which of them are made up for. */
    public enum Kind {
        NONE,
        LAST,
        ALL
    }

    /** The settings' policy, with its defaults. */
    public static CatchUpPolicy of(ScheduleSettings settings) {
        return of(settings, settings.catchUp());
    }

    /** The settings' policy, with another word for this once. */
    public static CatchUpPolicy of(ScheduleSettings settings, @Nullable String word) {
        Duration window = settings.catchUpWindow();
        return switch (String.valueOf(word)) {
            case "none" -> new CatchUpPolicy(Kind.NONE, null, 0, Duration.ZERO);
            case "all" ->
                new CatchUpPolicy(
                        Kind.ALL,
                        Objects.requireNonNullElse(window, DAY),
                        Objects.requireNonNullElse(settings.catchUpMost(), 100),
                        Objects.requireNonNullElse(settings.catchUpEvery(), Duration.ofSeconds(1)));
            default -> new CatchUpPolicy(Kind.LAST, window, 1, Duration.ZERO);
        };
    }
}
