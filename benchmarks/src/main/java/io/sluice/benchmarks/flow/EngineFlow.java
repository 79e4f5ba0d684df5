package io.sluice.benchmarks.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.http.HttpSender;
import io.sluice.run.step.Interpreter;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunInput;
import io.sluice.run.step.RunPorts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A flow on our engine, run as the executor does it, with a journal in memory. */
public final class EngineFlow {

    private static final Duration TIME = Duration.ofMinutes(5);
    private static final Limits LIMITS = Limits.DEFAULT.with(TIME, 1_000_000, 50_000_000);
    private static final LargeRuns LARGE_RUNS = new LargeRuns(2, 1 << 20);

    private final Flow flow;
    private final HttpSender http;
    private final InstantSource clock = InstantSource.system();
    private final UUID runId = UUID.fromString("018f3a50-0000-7000-8000-000000000001");

    private EngineFlow(Flow flow, HttpSender http) {
        this.flow = flow;
        this.http = http;
    }

    /** One that calls nothing. */
    public static EngineFlow of(String document) {
        return of(document, call -> {
            throw new IllegalStateException("this flow calls nothing");
        });
    }

    public static EngineFlow of(String document, HttpSender http) {
        return new EngineFlow(FlowCompiler.compile(FlowCompiler.read(document)), http);
    }

    /** From the event as it is stored, which is turned into plain values each time, as in {@code Attempt}. */
    public @Nullable Object run(JsonNode event) {
        return runPlain(Json.plain(event));
    }

    /** From the event as the interpreter takes it. */
    public @Nullable Object runPlain(@Nullable Object event) {
        RunInput input = new RunInput(runId, runId, 1, Instant.EPOCH, Map.of(), event);
        RunPorts ports =
                new RunPorts(new InMemoryJournal(), http, slot -> Optional.empty(), clock, new SplittableRandom(1));
        RunControl control = new RunControl(System::nanoTime, clock, TIME, LIMITS, LARGE_RUNS);
        return new Interpreter(flow, input, ports, control).run();
    }
}
