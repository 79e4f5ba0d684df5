package io.sluice.integrations.ui;

import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A state as a pill: never a colour alone.
 *
 * @param css the class that colours it
 */
public record StateMark(String css, String words) {

    static StateMark of(RunStatus status, @Nullable RunError error) {
        String words = switch (status) {
            case QUEUED -> "Queued";
            case RUNNING -> "Running";
            case SUCCEEDED -> "Succeeded";
            case FAILED ->
                FailedTask.of(error).map(task -> "Failed at " + task.name()).orElse("Failed");
            case CANCELLED -> "Cancelled";
        };
        return new StateMark(status.wireName(), words);
    }

    /** Of a step, whose states are plain words. */
    static StateMark ofStep(String status) {
        return new StateMark(status, status.substring(0, 1).toUpperCase(Locale.ROOT) + status.substring(1));
    }
}
