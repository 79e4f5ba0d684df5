package io.sluice.run.step;

import io.sluice.contract.run.RunError;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Weight;
import io.sluice.run.flow.Task;
import io.sluice.run.http.Caller;
import io.sluice.run.http.Credential;
import io.sluice.run.http.Headers;
import io.sluice.run.http.HeldBack;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Makes the call of a {@code call: http} task. */
final class HttpStep {

    /** A body, its text, at two bytes a character, and a little. */
    private static final long READING = 4;

    /** Characters of a flow's own words in an error. */
    private static final int LONGEST_TEXT = 4_000;

    private final RunPorts ports;
    private final RunControl control;
    private final RunInput run;
    private final boolean trial;

    /** Of this attempt; the tenant is known to whoever gave us the way out. */
    private final Caller caller = Caller.of("");

    /** @param trial whether calls go nowhere, so that no credential is needed */
    HttpStep(RunPorts ports, RunControl control, RunInput run, boolean trial) {
        this.trial = trial;
        this.ports = ports;
        this.control = control;
        this.run = run;
    }

    /** What a step did. */
    record Acted(@Nullable Object result, StepRecord record) {}

    /** @throws StepFailure when the target did not answer 2xx, or not at all */
    Acted call(Task.HttpTask task, @Nullable Object input, Scope scope, Visit visit) {
        Instant startedAt = ports.clock().instant();
        int attempt = ports.journal().attempts(visit.path()) + 1;
        Draft draft = new Draft(task, visit, startedAt, attempt);
        HttpCall call;
        try {
            call = prepare(task, input, scope, visit);
        } catch (StepFailure failure) {
            ports.journal()
                    .note(draft.failed(failure.error(), null, ports.clock().instant()));
            throw failure;
        }
        ports.journal().calling(task.frame().name(), task.frame().pointer());
        if (call.writes()) {
            ports.journal().checkLease();
        }
        return answered(task, draft, call);
    }

    private Acted answered(Task.HttpTask task, Draft draft, HttpCall call) {
        String pointer = task.frame().pointer();
        // Until its body is read into data, an answer holds memory that others wait for.
        try (HttpAnswer answer = control.interruptibly(() -> ports.http().send(call))) {
            Instant endedAt = ports.clock().instant();
            if (!answer.isSuccess()) {
                StepFailure failure = Failures.of(answer, pointer, endedAt);
                ports.journal().note(draft.answered("failed", answer, failure.error(), endedAt));
                throw failure;
            }
            Object result;
            try {
                result = read(task, answer);
            } catch (RunStopped.LimitReached e) {
                // The call was made: what was sent and answered must be readable.
                ports.journal().note(draft.answered("failed", answer, e.error(), endedAt));
                throw e;
            }
            return new Acted(result, draft.answered("succeeded", answer, null, endedAt));
        } catch (HttpFailure e) {
            StepFailure failure = Failures.of(e, pointer);
            ports.journal()
                    .note(draft.failed(failure.error(), e.sent(), ports.clock().instant()));
            control.check();
            throw failure;
        } catch (HeldBack e) {
            control.check();
            throw new RunStopped.Parked(e.delay(), whom(task, call) + ": " + e.getMessage());
        } catch (CancellationException e) {
            control.check();
            throw new RunStopped.LeaseLost();
        }
    }

    private @Nullable Object read(Task.HttpTask task, HttpAnswer answer) {
        // Before it is read: the text and the tree of it are there at the same time.
        control.received(READING * answer.body().length);
        Object result = Bodies.result(answer, task.output());
        control.received(Weight.of(result, Long.MAX_VALUE));
        return result;
    }

    /** A text that a flow puts into an error: without the secrets of the calls so far, and not of any length. */
    String loggable(String text) {
        String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
        return caller.masked(cut);
    }

    /** Whom a run waits for, in a person's words. */
    private static String whom(Task.HttpTask task, HttpCall call) {
        return task.authentication() == null
                ? "the host " + URI.create(call.url()).getAuthority()
                : "the connection “" + task.authentication() + "”";
    }

    private HttpCall prepare(Task.HttpTask task, @Nullable Object input, Scope scope, Visit visit) {
        String pointer = task.frame().pointer() + "/with";
        try {
            Object uri = task.uri().evaluate(input, scope, control);
            if (!(uri instanceof String url) || url.isBlank()) {
                throw new StepFailure(
                        new RunError("configuration", 400, "The call has no URL", null, pointer + "/endpoint"), null);
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (var header : task.headers().entrySet()) {
                Bodies.text(header.getValue().evaluate(input, scope, control))
                        .ifPresent(value -> headers.put(header.getKey(), value));
            }
            Map<String, @Nullable Object> query = new LinkedHashMap<>();
            for (var parameter : task.query().entrySet()) {
                query.put(parameter.getKey(), parameter.getValue().evaluate(input, scope, control));
            }
            byte[] body = task.body() == null
                    ? null
                    : Bodies.bytes(task.body().evaluate(input, scope, control), headers, this::boundary);
            Defaults.add(
                    headers,
                    body,
                    HttpCall.isWrite(task.method()) ? Optional.of(visit.key(run.idempotencyRoot())) : Optional.empty());
            Headers.check(headers);
            return new HttpCall(
                    task.method(),
                    Bodies.withQuery(url, query),
                    headers,
                    body,
                    credential(task, pointer),
                    timeLeft(),
                    control.isLarge() ? caller.inFront() : caller);
        } catch (ExpressionException e) {
            throw Interpreter.expressionFailure(e, pointer);
        } catch (InvalidRequest e) {
            throw Failures.of(e, pointer);
        } catch (HttpFailure e) {
            throw Failures.of(e, pointer + "/headers");
        }
    }

    /** Random, so that no body can be written to have it inside. */
    private String boundary() {
        return "sluice-" + Long.toHexString(ports.random().nextLong())
                + Long.toHexString(ports.random().nextLong());
    }

    private Duration timeLeft() {
        Duration left = control.left();
        return left.isZero() ? Duration.ofMillis(1) : left;
    }

    private Optional<Credential> credential(Task.HttpTask task, String pointer) {
        String slot = task.authentication();
        if (slot == null || trial) {
            return Optional.empty();
        }
        try {
            return Optional.of(ports.credentials()
                    .apply(slot)
                    .orElseThrow(() -> new StepFailure(
                            new RunError(
                                    "configuration",
                                    401,
                                    "No connection fills “" + slot + "”",
                                    "Choose one under Connections of the integration.",
                                    pointer + "/endpoint/authentication"),
                            null)));
        } catch (HttpFailure e) {
            throw Failures.of(e, pointer);
        }
    }

    /** Headers that a call has unless its flow says otherwise. */
    private static final class Defaults {
        static void add(Map<String, String> headers, byte @Nullable [] body, Optional<String> idempotencyKey) {
            if (body != null && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
                headers.put("Content-Type", "application/json");
            }
            if (headers.keySet().stream().noneMatch("accept"::equalsIgnoreCase)) {
                headers.put("Accept", "application/json, */*;q=0.5");
            }
            if (headers.keySet().stream().noneMatch("user-agent"::equalsIgnoreCase)) {
                headers.put("User-Agent", "Sluice");
            }
            if (headers.keySet().stream().noneMatch("idempotency-key"::equalsIgnoreCase)) {
                idempotencyKey.ifPresent(key -> headers.put("Idempotency-Key", key));
            }
        }
    }

    /** A record in the making. */
    private record Draft(Task.HttpTask task, Visit visit, Instant startedAt, int attempt) {

        StepRecord failed(RunError error, io.sluice.contract.run.@Nullable HttpRequestLog sent, Instant endedAt) {
            return record("failed", sent, null, error, endedAt);
        }

        StepRecord answered(String status, HttpAnswer answer, @Nullable RunError error, Instant endedAt) {
            return record(status, answer.sent(), answer.received(), error, endedAt);
        }

        private StepRecord record(
                String status,
                io.sluice.contract.run.@Nullable HttpRequestLog sent,
                io.sluice.contract.run.@Nullable HttpResponseLog received,
                @Nullable RunError error,
                Instant endedAt) {
            return new StepRecord(
                    task.frame().pointer(),
                    visit.path(),
                    task.frame().name(),
                    task.kind(),
                    status,
                    attempt,
                    startedAt,
                    Duration.between(startedAt, endedAt),
                    sent,
                    received,
                    error);
        }
    }
}
