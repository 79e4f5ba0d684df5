package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.ReplayRuns;
import io.sluice.contract.run.RunStatus;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;

/**
 * A replay of many runs as it is set up.
 *
 * @param errorCode the error's stable word; empty for any
 * @param begin {@code failure} to go on at the failed step, {@code start} to begin anew
 * @param seen what the preview on the page was of; empty before there was one
 */
public record BulkReplayForm(RunFilter filter, String errorCode, String begin, String perMinute, String seen) {

    static final String PER_MINUTE = "/perMinute";

    private static final List<String> ERRORS = List.of(
            "http-status",
            "communication",
            "timeout",
            "credential",
            "blocked-address",
            "configuration",
            "expression",
            "limit",
            "raised",
            "internal");
    private static final String FAILURE = "failure";
    private static final String PACE = "60";
    private static final int FASTEST = 60_000;

    static BulkReplayForm of(MultivaluedMap<String, String> typed) {
        RunFilter asked = RunFilter.of(typed);
        RunFilter filter = asked.withStatus(asked.endedStatus());
        boolean failed = filter.status().equals(RunStatus.FAILED.wireName());
        String begin = text(typed, "begin", failed ? FAILURE : "start");
        return new BulkReplayForm(
                filter,
                failed ? text(typed, "errorCode", "") : "",
                failed ? begin : "start",
                text(typed, "perMinute", PACE),
                text(typed, "seen", ""));
    }

    private static String text(MultivaluedMap<String, String> typed, String name, String otherwise) {
        String value =
                Objects.requireNonNullElse(typed.getFirst(name), otherwise).strip();
        return value.isEmpty() ? otherwise : value;
    }

    /** @throws ProblemException when a field needs another value */
    ReplayRuns request() {
        if (!filter.isValid()) {
            throw ProblemException.fields(filter.errors().stream()
                    .map(error -> new FieldProblem("/" + error.pointer(), error.detail()))
                    .toList());
        }
        return new ReplayRuns(filter.ended(errorCode), begin.equals(FAILURE), pace());
    }

    private int pace() {
        int pace = perMinute.matches("\\d{1,6}") ? Integer.parseInt(perMinute) : 0;
        if (pace < 1 || pace > FASTEST) {
            throw ProblemException.field(PER_MINUTE, "1 to 60000");
        }
        return pace;
    }

    /** Which runs these are; how they are replayed may change without another look. */
    public String runs() {
        return filter.link() + "&errorCode=" + errorCode;
    }

    public boolean isSeen() {
        return seen.equals(runs());
    }

    public boolean isFailed() {
        return filter.status().equals(RunStatus.FAILED.wireName());
    }

    public List<String> errorCodes() {
        return ERRORS;
    }

    public List<RunStatus> statuses() {
        return List.of(RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.SUCCEEDED);
    }
}
