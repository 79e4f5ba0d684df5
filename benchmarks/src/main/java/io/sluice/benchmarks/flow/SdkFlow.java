package io.sluice.benchmarks.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.serverlessworkflow.api.WorkflowFormat;
import io.serverlessworkflow.api.WorkflowReader;
import io.serverlessworkflow.api.types.Workflow;
import io.serverlessworkflow.impl.WorkflowApplication;
import io.serverlessworkflow.impl.WorkflowDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A flow on the peer: the DSL's own Java SDK with jq, its life-cycle events off, which is the faster way. */
public final class SdkFlow implements AutoCloseable {

    /** It says its version once in each process. Held, as loggers that nobody holds lose their level. */
    private static final Logger VALIDATOR = Logger.getLogger("org.hibernate.validator");

    static {
        VALIDATOR.setLevel(Level.WARNING);
    }

    private final WorkflowApplication application;
    private final WorkflowDefinition definition;

    private SdkFlow(WorkflowApplication application, WorkflowDefinition definition) {
        this.application = application;
        this.definition = definition;
    }

    public static SdkFlow of(String document) {
        WorkflowApplication application = application();
        return new SdkFlow(application, application.workflowDefinition(read(document, WorkflowFormat.YAML)));
    }

    public static WorkflowApplication application() {
        return WorkflowApplication.builder().disableLifeCycleCEPublishing().build();
    }

    public static Workflow read(String document, WorkflowFormat format) {
        try {
            return WorkflowReader.readWorkflowFromString(document, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode run(JsonNode event) {
        return start(event).join();
    }

    public CompletableFuture<JsonNode> start(JsonNode event) {
        JsonNode input = JsonNodeFactory.instance.objectNode().set("event", event);
        return definition
                .instance(input)
                .start()
                .thenApply(output -> output.as(JsonNode.class).orElseThrow());
    }

    @Override
    public void close() {
        definition.close();
        application.close();
    }
}
