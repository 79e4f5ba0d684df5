package io.sluice.run.step;

import io.sluice.contract.run.RunError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task failed; a {@code try} around it may catch this. */
public class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient RunError error;
    private final boolean retriable;
    private final @Nullable Duration retryAfter;

    /**
     * @param retriable whether the same run may succeed later without a change
     * @param retryAfter what the target asked for
     */
    public StepFailure(RunError error, boolean retriable, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(error.title(), cause);
        this.error = error;
        this.retriable = retriable;
        this.retryAfter = retryAfter;
    }

    public StepFailure(RunError error, @Nullable Throwable cause) {
        this(error, false, null, cause);
    }

    public RunError error() {
        return error;
    }

    public boolean retriable() {
        return retriable;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** The error as flows see it in <code>$error</code>. */
    Map<String, @Nullable Object> asData() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("code", error.code());
        data.put("status", error.status());
        data.put("title", error.title());
        data.put("detail", error.detail());
        data.put("instance", error.pointer());
        return data;
    }
}
