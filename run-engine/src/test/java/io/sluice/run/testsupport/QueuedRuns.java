package io.sluice.run.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.FlowRef;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.queue.Lane;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import io.sluice.run.store.FlowStore;
import io.sluice.run.store.RunQueueStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Puts runs of one flow and one integration into the queue; copies with {@code of…} differ in one thing. */
public record QueuedRuns(
        Jdbi jdbi, FlowRef flow, String tenant, UUID integrationId, TriggerKind trigger, NewRun.Terms terms) {

    private static final String HEAD = """
            document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
            evaluate: {language: jsonata}
            do:
            """;

    private static final NewRun.Terms FREE = new NewRun.Terms(null, null, 30);

    private static final AtomicLong MILLIS = new AtomicLong(Instant.now().toEpochMilli());

    /** Ids as the service makes them; a millisecond apart, so that their order is that of the calls. */
    private static final RunIds IDS =
            new RunIds(RunOwner.INGRESS, () -> Instant.ofEpochMilli(MILLIS.getAndIncrement()), new Random(1));

    /** Of a flow that does nothing, with a tenant and an integration of its own. */
    public static QueuedRuns in(Jdbi jdbi) {
        UUID own = UUID.randomUUID();
        return new QueuedRuns(jdbi, new FlowRef("test/flow:1.0.0", ""), "tenant-" + own, own, TriggerKind.MANUAL, FREE)
                .ofTasks("- nothing: {set: {x: 1}}");
    }

    /** Of a flow with these tasks under its {@code do}. */
    public QueuedRuns ofTasks(String tasks) {
        JsonNode document = FlowCompiler.read(HEAD + tasks.indent(2));
        FlowRef stored = new FlowRef(flow.template(), Integer.toHexString(document.hashCode()));
        jdbi.useTransaction(handle -> FlowStore.put(handle, stored.digest(), document));
        return new QueuedRuns(jdbi, stored, tenant, integrationId, trigger, terms);
    }

    public QueuedRuns ofTrigger(TriggerKind other) {
        return new QueuedRuns(jdbi, flow, tenant, integrationId, other, terms);
    }

    /** Of another integration of the same tenant. */
    public QueuedRuns ofAnotherIntegration() {
        return new QueuedRuns(jdbi, flow, tenant, UUID.randomUUID(), trigger, terms);
    }

    public QueuedRuns ofAnotherTenant() {
        return new QueuedRuns(jdbi, flow, "tenant-" + UUID.randomUUID(), integrationId, trigger, terms);
    }

    public QueuedRuns on(NewRun.Terms other) {
        return new QueuedRuns(jdbi, flow, tenant, integrationId, trigger, other);
    }

    /** Runs of one key. */
    public QueuedRuns ofKey(String key) {
        return on(new NewRun.Terms(Lane.ofKey(key), null, 30));
    }

    /** One after the other. */
    public QueuedRuns serially() {
        return new QueuedRuns(jdbi, flow, tenant, integrationId, trigger, new NewRun.Terms(Lane.CONTEXT, null, 30));
    }

    public UUID add() {
        return add(null);
    }

    public UUID add(@Nullable JsonNode event) {
        NewRun run = run(event);
        jdbi.useTransaction(handle -> RunQueueStore.enqueue(handle, run));
        return run.id();
    }

    /** A run that is not stored. */
    public NewRun run(@Nullable JsonNode event) {
        return new NewRun(
                IDS.next(), tenant, integrationId, trigger, flow, Json.parse("{}"), event, null, null, null, terms);
    }

    public List<UUID> add(int count) {
        List<UUID> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(add());
        }
        return added;
    }
}
