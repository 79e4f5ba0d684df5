package io.sluice.run.step;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.contract.run.RunError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log keeps of one step in one attempt.
 *
 * @param visit the path that names this visit, see {@link Visit}
 * @param status {@code succeeded}, {@code failed} or {@code skipped}
 */
public record StepRecord(
        String pointer,
        String visit,
        String name,
        String kind,
        String status,
        int attempt,
        Instant startedAt,
        Duration duration,
        @Nullable HttpRequestLog request,
        @Nullable HttpResponseLog response,
        @Nullable RunError error) {

    /** The same step, failed after its call had been answered. */
    StepRecord failed(RunError why) {
        return new StepRecord(
                pointer, visit, name, kind, "failed", attempt, startedAt, duration, request, response, why);
    }
}
