package io.sluice.run.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.deployment.DeploymentFeed;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.flow.FlowException;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Takes one page of the feed into the database: all of it, in one commit, whatever single items are like. */
final class FeedPage {

    private static final Logger LOG = Logger.getLogger(FeedPage.class);

    private final Jdbi jdbi;
    private final DeploymentSink sink;
    private final FlowStore flows;
    private final Function<String, JsonNode> fetch;

    /** @param fetch gets a flow by its digest from integrations-service */
    FeedPage(Jdbi jdbi, DeploymentSink sink, FlowStore flows, Function<String, JsonNode> fetch) {
        this.jdbi = jdbi;
        this.sink = sink;
        this.flows = flows;
        this.fetch = fetch;
    }

    private record Item(
            JsonNode raw,
            @Nullable Deployment deployment,
            @Nullable String problem) {}

    /**
     * @param restarted whether the page is the first of another database
     * @param complete whether nothing comes after it now
     */
    void apply(DeploymentFeed page, boolean restarted, boolean complete) {
        Map<String, JsonNode> documents = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (JsonNode raw : page.items()) {
            if (named(raw)) {
                items.add(read(raw, documents));
            } else {
                LOG.warnf("an item of the feed before revision %s names no integration", page.revision());
            }
        }
        jdbi.useTransaction(handle -> {
            if (restarted) {
                DeploymentStore.restart(handle, page.epoch());
            }
            documents.forEach((digest, document) -> FlowStore.put(handle, digest, document));
            items.forEach(item -> guarded(handle, item));
            if (complete) {
                forget(handle);
            }
            DeploymentStore.move(handle, new DeploymentStore.Position(page.epoch(), page.revision()));
        });
        sink.changed();
    }

    /** What names no integration can be kept nowhere. */
    private static boolean named(JsonNode raw) {
        try {
            UUID.fromString(raw.path("integrationId").asText());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One item that cannot be taken is kept as unsupported: it must not stall those behind it. */
    private void guarded(Handle handle, Item item) {
        handle.savepoint("item");
        try {
            take(handle, item);
            handle.releaseSavepoint("item");
        } catch (UnableToExecuteStatementException | IllegalArgumentException | DateTimeException e) {
            handle.rollbackToSavepoint("item");
            Item refused = unsupported(
                    item.raw(), "it cannot be stored here: " + e.getClass().getSimpleName());
            DeploymentStore.upsert(handle, refused.raw(), refused.problem());
        }
    }

    private void take(Handle handle, Item item) {
        if (!DeploymentStore.upsert(handle, item.raw(), item.problem())) {
            return;
        }
        if (item.raw().path("deleted").asBoolean()) {
            sink.remove(handle, UUID.fromString(item.raw().path("integrationId").asText()));
        } else {
            sink.apply(handle, item.problem() == null ? item.deployment() : null, item.raw());
        }
    }

    private void forget(Handle handle) {
        for (UUID id : DeploymentStore.forgotten(handle)) {
            DeploymentStore.markDeleted(handle, id);
            sink.remove(handle, id);
        }
    }

    private Item read(JsonNode raw, Map<String, JsonNode> documents) {
        Deployment deployment;
        try {
            deployment = Json.MAPPER.treeToValue(raw, Deployment.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            return unsupported(raw, "cannot be read: " + e.getOriginalMessage());
        }
        if (deployment.deleted()) {
            return new Item(raw, deployment, null);
        }
        String problem = flowProblem(deployment, documents);
        if (problem == null) {
            problem = sinkProblem(deployment);
        }
        return problem == null ? new Item(raw, deployment, null) : unsupported(raw, problem);
    }

    /** Gets the flow where it is not here yet, and says why it cannot be run. */
    private @Nullable String flowProblem(Deployment deployment, Map<String, JsonNode> documents) {
        if (deployment.flow() == null || deployment.params() == null) {
            return "it names no flow";
        }
        String digest = deployment.flow().digest();
        try {
            if (flows.has(digest)) {
                flows.flow(digest);
            } else {
                FlowCompiler.compile(documents.computeIfAbsent(digest, fetch));
            }
            return null;
        } catch (FlowException e) {
            return "its flow is not understood here: " + e.problems().getFirst();
        } catch (JdbiException | WebApplicationException | ProcessingException e) {
            // Passes: the page is tried again.
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            return "its flow cannot be compiled here: " + e.getClass().getSimpleName();
        }
    }

    private @Nullable String sinkProblem(Deployment deployment) {
        try {
            return sink.problem(deployment);
        } catch (RuntimeException | StackOverflowError e) {
            return "it cannot be judged here: " + e.getClass().getSimpleName();
        }
    }

    private static Item unsupported(JsonNode raw, String problem) {
        LOG.warnf(
                "integration %s, revision %s, is not supported here: %s",
                raw.path("integrationId").asText(), raw.path("revision").asText(), problem);
        return new Item(raw, null, problem);
    }
}
