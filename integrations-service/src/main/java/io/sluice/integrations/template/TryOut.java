package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import io.sluice.contract.template.TryRequest;
import io.sluice.contract.template.TryResult;
import io.sluice.run.expression.Json;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.step.Interpreter;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunInput;
import io.sluice.run.step.RunPorts;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepFailure;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Runs a flow on a sample event: nobody is called, each call gets its recorded answer. */
@Singleton
public class TryOut {

    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Limits LIMITS = Limits.DEFAULT.with(LONGEST, 2_000, 2_000_000);

    /** A sample is small: one that grows waits for the others that do. */
    private final LargeRuns largeRuns = new LargeRuns(1, 4 << 20);

    private final InstantSource clock;
    private final SecureRandom random;

    public TryOut(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    TryResult run(Template template, TryRequest request) {
        TrialJournal journal = new TrialJournal();
        Map<String, TryRequest.RecordedAnswer> answers = request.answers() == null ? Map.of() : request.answers();
        RunPorts ports =
                new RunPorts(journal, call -> answer(call, journal, answers), slot -> Optional.empty(), clock, random);
        RunControl control = new RunControl(System::nanoTime, clock, LONGEST, LIMITS, largeRuns);
        UUID id = new UUID(0, 0);
        RunInput input =
                new RunInput(id, id, 1, clock.instant(), Json.plain(request.params()), Json.plain(request.event()));
        try {
            Object output = new Interpreter(template.flow(), input, ports, control, true).run();
            return result(RunStatus.SUCCEEDED, output == null ? null : Json.tree(output), null, journal);
        } catch (StepFailure e) {
            return result(RunStatus.FAILED, null, e.error(), journal);
        } catch (RunStopped.LimitReached e) {
            return result(RunStatus.FAILED, null, e.error(), journal);
        }
    }

    private static HttpAnswer answer(
            HttpCall call, TrialJournal journal, Map<String, TryRequest.RecordedAnswer> answers) {
        TryRequest.@Nullable RecordedAnswer named = answers.get(journal.currentName());
        TryRequest.RecordedAnswer recorded = Objects.requireNonNullElseGet(
                named != null ? named : answers.get(journal.currentPointer()),
                () -> new TryRequest.RecordedAnswer(200, null, null));
        JsonNode body = recorded.body();
        byte[] bytes = (body == null ? "{}" : Json.text(body)).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        if (recorded.headers() != null) {
            recorded.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
        }
        return new HttpAnswer(
                recorded.status(),
                headers,
                bytes,
                new HttpRequestLog(
                        call.method(),
                        call.url(),
                        call.headers(),
                        call.body() == null ? null : new String(call.body(), StandardCharsets.UTF_8),
                        call.body() == null ? 0 : call.body().length),
                new HttpResponseLog(
                        recorded.status(), headers, new String(bytes, StandardCharsets.UTF_8), bytes.length));
    }

    private static TryResult result(
            RunStatus status, @Nullable JsonNode output, @Nullable RunError error, TrialJournal journal) {
        AtomicLong seq = new AtomicLong();
        List<Step> steps = journal.steps().stream()
                .map(step -> new Step(
                        seq.incrementAndGet(),
                        step.pointer(),
                        step.visit(),
                        step.name(),
                        step.kind(),
                        step.status(),
                        step.attempt(),
                        step.startedAt(),
                        step.duration().toMillis(),
                        null,
                        step.request(),
                        step.response(),
                        step.error()))
                .toList();
        return new TryResult(status, output, error, steps);
    }
}
