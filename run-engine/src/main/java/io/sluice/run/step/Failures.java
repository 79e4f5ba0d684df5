package io.sluice.run.step;

import io.sluice.contract.run.RunError;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.http.RetryAfter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Calls that failed, as errors that flows can match. */
final class Failures {

    private Failures() {}

    static StepFailure of(HttpAnswer answer, String pointer, Instant now) {
        int status = answer.status();
        boolean retriable = status >= 500 || status == 429 || status == 408;
        String title = status >= 300 && status < 400
                ? "The target redirects (" + status + "), which is not followed"
                : "The target answered " + status;
        return new StepFailure(
                new RunError("http-status", status, title, location(answer), pointer),
                retriable,
                RetryAfter.of(answer.headers().get("retry-after"), now).orElse(null),
                null);
    }

    static StepFailure of(HttpFailure failure, String pointer) {
        RunError error = switch (failure.reason()) {
            case BLOCKED_ADDRESS -> error("blocked-address", 403, "The address may not be called", failure, pointer);
            case INVALID_URL -> error("configuration", 400, "The URL cannot be called", failure, pointer);
            case INVALID_REQUEST -> error("configuration", 400, "The request cannot be made", failure, pointer);
            case TOO_LARGE -> error("limit", 413, "The response is too large", failure, pointer);
            case TIMEOUT -> error("timeout", 408, "The target did not answer in time", failure, pointer);
            case NO_ROOM -> error("timeout", 408, "The call found no memory in time", failure, pointer);
            case COMMUNICATION -> error("communication", 503, "The target could not be reached", failure, pointer);
            case CREDENTIAL -> error("credential", 401, "The connection cannot be used", failure, pointer);
        };
        boolean retriable = switch (failure.reason()) {
            case TIMEOUT, NO_ROOM, COMMUNICATION -> true;
            case BLOCKED_ADDRESS, INVALID_URL, INVALID_REQUEST, TOO_LARGE, CREDENTIAL -> false;
        };
        return new StepFailure(error, retriable, null, failure);
    }

    static StepFailure of(InvalidRequest problem, String pointer) {
        return new StepFailure(
                new RunError(
                        "configuration",
                        400,
                        "The request cannot be made",
                        problem.getMessage(),
                        pointer + problem.where()),
                problem);
    }

    private static RunError error(String code, int status, String title, HttpFailure failure, String pointer) {
        return new RunError(code, status, title, failure.getMessage(), pointer);
    }

    private static @Nullable String location(HttpAnswer answer) {
        // The masked one: a target may redirect with the key that it was called with.
        String location = answer.received().headers().get("location");
        return location == null ? null : "Location: " + location;
    }
}
