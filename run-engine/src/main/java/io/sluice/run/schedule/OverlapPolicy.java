package io.sluice.run.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import java.util.Arrays;
import java.util.List;

/** What happens at an instant while the run before still goes on. */
public enum OverlapPolicy {
    SKIP("skip"),
    /** The newest instant waits for its turn, those before it are left out. */
    QUEUE_ONE("queueOne"),
    QUEUE_ALL("queueAll"),
    CANCEL_RUNNING("cancelRunning"),
    ALLOW("allow");

    /** What is meant where settings say nothing. */
    public static final String DEFAULT = "skip";

    static final List<String> WORDS =
            Arrays.stream(values()).map(policy -> policy.word).toList();

    private final String word;

    OverlapPolicy(String word) {
        this.word = word;
    }

    /** The settings' policy; the default when it is left out or unknown. */
    public static OverlapPolicy of(ScheduleSettings settings) {
        return Arrays.stream(values())
                .filter(policy -> policy.word.equals(settings.overlap()))
                .findFirst()
                .orElse(SKIP);
    }

    /** As settings write it. */
    public String word() {
        return word;
    }
}
