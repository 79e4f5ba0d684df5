package io.sluice.run.testsupport;

import io.sluice.contract.connection.ConnectionKind;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.http.Credential;
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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of a flow against a scripted target; each {@link #run()} is a further attempt of the same run. */
public final class FlowRun {

    private static final String HEAD = """
            document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
            evaluate: {language: jsonata}
            use: {authentications: {shop: {bearer: {use: shop}}}}
            do:
            """;

    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-24T05:55:00Z"));

    private final Flow flow;
    private final InMemoryJournal journal = new InMemoryJournal();
    private final ScriptedHttp http = new ScriptedHttp();
    private HttpSender sender = http;
    private final UUID runId = UUID.fromString("018f3a50-0000-7000-8000-000000000001");
    private final Map<String, Credential> credentials = new HashMap<>();
    private RunControl control = control(Duration.ofSeconds(30), 100_000);
    private @Nullable Object params;
    private @Nullable Object event;
    private int attempt;

    private FlowRun(Flow flow) {
        this.flow = flow;
        credentials.put(
                "shop", new Credential(UUID.randomUUID(), ConnectionKind.BEARER, Map.of(), Map.of("token", "t0ken")));
    }

    /** A whole document. */
    public static FlowRun of(String document) {
        return new FlowRun(FlowCompiler.compile(FlowCompiler.read(document)));
    }

    /** The list under {@code do} alone. */
    public static FlowRun ofTasks(String tasks) {
        return of(HEAD + tasks.indent(2));
    }

    public static RunControl control(Duration time, int steps) {
        return control(time, Limits.DEFAULT.with(time, steps, 10_000_000));
    }

    public static RunControl control(Duration time, Limits limits) {
        return new RunControl(System::nanoTime, NOW, time, limits, new LargeRuns(1, 1 << 20));
    }

    public FlowRun params(String json) {
        params = Json.plain(Json.parse(json));
        return this;
    }

    public FlowRun event(String json) {
        event = Json.plain(Json.parse(json));
        return this;
    }

    public FlowRun bounds(Duration time, int steps) {
        control = control(time, steps);
        return this;
    }

    public FlowRun bounds(RunControl wanted) {
        control = wanted;
        return this;
    }

    /** Calls for real. */
    public FlowRun through(HttpSender wanted) {
        sender = wanted;
        return this;
    }

    public FlowRun credential(String slot, Credential credential) {
        credentials.put(slot, credential);
        return this;
    }

    public FlowRun without(String slot) {
        credentials.remove(slot);
        return this;
    }

    public InMemoryJournal journal() {
        return journal;
    }

    public ScriptedHttp http() {
        return http;
    }

    public RunControl control() {
        return control;
    }

    public @Nullable Object run() {
        RunInput input = new RunInput(runId, runId, ++attempt, Instant.EPOCH, params, event);
        RunPorts ports =
                new RunPorts(journal, sender, slot -> Optional.ofNullable(credentials.get(slot)), NOW, new Random(1));
        return new Interpreter(flow, input, ports, control).run();
    }

    /** The output as JSON, with single quotes, which read better in a test. */
    public String json() {
        return quoted(run());
    }

    public static String quoted(@Nullable Object value) {
        return Json.text(value).replace('"', '\'');
    }
}
