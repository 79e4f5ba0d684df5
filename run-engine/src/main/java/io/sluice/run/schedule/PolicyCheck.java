package io.sluice.run.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether the options of settings are known, within their bounds, and not at odds with each other. */
record PolicyCheck(ScheduleSettings settings, FieldProblems problems) {

    private static final int MOST_AT_ONCE = 1_000;
    private static final int LONGEST_NOTE = 500;
    private static final Duration LONGEST_JITTER = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    void run() {
        problems.oneOf("/catchUp", settings.catchUp(), CatchUpPolicy.WORDS);
        problems.oneOf("/overlap", settings.overlap(), OverlapPolicy.WORDS);
        problems.oneOf("/inGap", settings.inGap(), List.of("shift", "skip"));
        problems.oneOf("/inOverlap", settings.inOverlap(), List.of("first", "second", "both"));
        problems.between("/catchUpWindow", settings.catchUpWindow(), Duration.ofSeconds(1), LONGEST);
        problems.between("/catchUpMost", settings.catchUpMost(), 1, MOST_AT_ONCE);
        problems.between("/catchUpEvery", settings.catchUpEvery(), Duration.ZERO, Duration.ofHours(1));
        problems.between("/pauseAfterFailures", settings.pauseAfterFailures(), 1, MOST_AT_ONCE);
        problems.between("/jitter", settings.jitter(), Duration.ZERO, LONGEST_JITTER);
        if (settings.pauseNote() != null && settings.pauseNote().length() > LONGEST_NOTE) {
            problems.add("/pauseNote", "at most " + LONGEST_NOTE + " characters");
        }
        catchUp();
        clock();
    }

    private void catchUp() {
        if ("none".equals(settings.catchUp()) && settings.catchUpWindow() != null) {
            problems.add("/catchUpWindow", "with catchUp none nothing is made up for; leave it out, or choose last");
        }
        if (!"all".equals(settings.catchUp())) {
            onlyWithAll("/catchUpMost", settings.catchUpMost());
            onlyWithAll("/catchUpEvery", settings.catchUpEvery());
        }
    }

    private void onlyWithAll(String pointer, @Nullable Object value) {
        if (value != null) {
            problems.add(pointer, "goes with catchUp all; leave it out, or choose all");
        }
    }

    /** What asks for something that an interval does not have; the defaults may be spelled out. */
    private void clock() {
        if (settings.every() == null) {
            return;
        }
        String reason = "every counts elapsed time, which no change of the clock touches; leave it out";
        if ("skip".equals(settings.inGap())) {
            problems.add("/inGap", reason);
        }
        if ("second".equals(settings.inOverlap()) || "both".equals(settings.inOverlap())) {
            problems.add("/inOverlap", reason);
        }
    }
}
