package io.sluice.benchmarks.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.serverlessworkflow.api.WorkflowFormat;
import io.serverlessworkflow.api.types.Workflow;
import io.serverlessworkflow.impl.WorkflowApplication;
import io.serverlessworkflow.impl.WorkflowDefinition;
import io.sluice.benchmarks.flow.EngineFlow;
import io.sluice.benchmarks.flow.SdkFlow;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.FlowCompiler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Filter, map and set of ten items, and compiling the flow that does it; JMH calls the methods. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EngineBenchmark {

    /** Each gets it in the form that it works on. */
    private final JsonNode event = Sources.ordersEvent();

    private final @Nullable Object plainEvent = Json.plain(event);
    private final EngineFlow sluice = EngineFlow.of(Sources.orders(Language.JSONATA));
    private final SdkFlow sdk = SdkFlow.of(Sources.orders(Language.JQ));
    private final WorkflowApplication application = SdkFlow.application();

    /** As stored: JSON. */
    private final String sluiceDocument = Json.text(FlowCompiler.read(Sources.orders(Language.JSONATA)));

    private final String sdkDocument = Json.text(FlowCompiler.read(Sources.orders(Language.JQ)));
    private int compiled;

    /** @throws IllegalStateException when the two do not compute the same */
    public EngineBenchmark() {
        JsonNode ours = Json.parse(Json.text(sluice.runPlain(plainEvent)));
        JsonNode theirs = Json.parse(Json.text(sdk.run(event)));
        if (!ours.equals(theirs)) {
            throw new IllegalStateException("different results: " + ours + " and " + theirs);
        }
    }

    @Benchmark
    public @Nullable Object sluiceRun() {
        return sluice.runPlain(plainEvent);
    }

    @Benchmark
    public Object sdkRun() {
        return sdk.run(event);
    }

    @Benchmark
    public Flow sluiceCompile() {
        return FlowCompiler.compile(Json.parse(sluiceDocument));
    }

    /** Definitions are cached by name and version, so each one is another version. */
    @Benchmark
    public WorkflowDefinition sdkCompile() {
        Workflow workflow = SdkFlow.read(sdkDocument, WorkflowFormat.JSON);
        workflow.getDocument().setVersion("1.0." + compiled++);
        try (WorkflowDefinition definition = application.workflowDefinition(workflow)) {
            return definition;
        }
    }

    @TearDown
    public void close() {
        sdk.close();
        application.close();
    }
}
