package io.sluice.run.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.deployment.DeploymentFeed;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import io.sluice.run.testsupport.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedPageTest {

    private static final String TENANT = "acme";
    private static final JsonNode FLOW = FlowCompiler.read("""
            document: {dsl: '1.0.3', namespace: test, name: flow, version: '1.0.0'}
            evaluate: {language: jsonata}
            do: [{a: {set: {x: 1}}}]
            """);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final DeploymentStore store = new DeploymentStore(jdbi);
    private final FlowStore flows = new FlowStore(jdbi);
    private final RecordingSink sink = new RecordingSink();
    private final List<String> fetched = new ArrayList<>();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();

    @AfterEach
    void close() {
        database.close();
    }

    /** Remembers what it was told; does not run what is named “unwanted”. */
    private static final class RecordingSink implements DeploymentSink {
        private final List<String> told = new ArrayList<>();

        @Override
        public @Nullable String problem(Deployment deployment) {
            return "unwanted".equals(deployment.name()) ? "it is not wanted" : null;
        }

        @Override
        public void apply(Handle handle, @Nullable Deployment deployment, JsonNode raw) {
            told.add((deployment == null ? "unreadable " : "apply ") + raw.path("revision"));
        }

        @Override
        public void remove(Handle handle, UUID integrationId) {
            told.add("remove " + integrationId);
        }

        @Override
        public void changed() {
            told.add("changed");
        }
    }

    private FeedPage page() {
        return page(FLOW);
    }

    private FeedPage page(JsonNode flow) {
        return new FeedPage(jdbi, sink, flows, digest -> {
            fetched.add(digest);
            return flow;
        });
    }

    private static JsonNode item(UUID id, long revision, String more) {
        return Json.parse("{\"integrationId\": \"" + id + "\", \"tenant\": \"" + TENANT + "\", \"revision\": "
                + revision + more + "}");
    }

    private static JsonNode deployed(UUID id, long revision, String name) {
        return item(
                id,
                revision,
                ", \"name\": \"" + name
                        + "\", \"flow\": {\"template\": \"test/flow:1.0.0\", \"digest\": \"d1\"}, \"params\": {}");
    }

    private static JsonNode deleted(UUID id, long revision) {
        return item(id, revision, ", \"deleted\": true");
    }

    private static DeploymentFeed feed(String epoch, long revision, JsonNode... items) {
        return new DeploymentFeed(epoch, List.of(items), revision);
    }

    private @Nullable String name(UUID id) {
        return store.find(TENANT, id).map(stored -> stored.deployment().name()).orElse(null);
    }

    @Test
    void pageIsInForceWithItsFlowAndPosition() {
        page().apply(feed("e1", 2, deployed(first, 1, "one"), deployed(second, 2, "two")), false, false);

        assertThat(name(first)).isEqualTo("one");
        assertThat(name(second)).isEqualTo("two");
        assertThat(flows.flow("d1").reference()).isEqualTo("test/flow:1.0.0");
        assertThat(store.position()).contains(new DeploymentStore.Position("e1", 2));
        assertThat(sink.told).containsExactly("apply 1", "apply 2", "changed");
    }

    @Test
    void flowIsFetchedOnce() {
        page().apply(feed("e1", 2, deployed(first, 1, "one"), deployed(second, 2, "two")), false, false);
        page().apply(feed("e1", 3, deployed(first, 3, "one")), false, false);

        assertThat(fetched).containsExactly("d1");
    }

    @Test
    void anotherTenantFindsNothing() {
        page().apply(feed("e1", 1, deployed(first, 1, "one")), false, false);

        assertThat(store.find("another", first)).isEmpty();
    }

    @Test
    void newerRevisionReplacesAndAnOlderOneIsIgnored() {
        page().apply(feed("e1", 5, deployed(first, 5, "five")), false, false);
        page().apply(feed("e1", 7, deployed(first, 7, "seven")), false, false);
        page().apply(feed("e1", 7, deployed(first, 6, "six"), deployed(first, 7, "again")), false, false);

        assertThat(name(first)).isEqualTo("seven");
        assertThat(sink.told).containsExactly("apply 5", "changed", "apply 7", "changed", "changed");
    }

    @Test
    void tombstoneRemovesAndAnOlderStateDoesNotComeBack() {
        page().apply(feed("e1", 1, deployed(first, 1, "one")), false, false);
        page().apply(feed("e1", 3, deleted(first, 3)), false, false);
        page().apply(feed("e1", 3, deployed(first, 2, "two")), false, false);

        assertThat(store.find(TENANT, first)).isEmpty();
        assertThat(sink.told).containsExactly("apply 1", "changed", "remove " + first, "changed", "changed");
    }

    @Test
    void itemThatCannotBeReadIsKeptWithItsProblemAndDoesNotHoldUpOthers() {
        page().apply(
                        feed("e1", 2, item(first, 1, ", \"schedules\": \"soon\""), deployed(second, 2, "two")),
                        false,
                        false);

        assertThat(store.find(TENANT, first).orElseThrow().problem()).contains("cannot be read");
        assertThat(name(second)).isEqualTo("two");
        assertThat(store.unsupported()).isOne();
        assertThat(store.position()).contains(new DeploymentStore.Position("e1", 2));
        assertThat(sink.told).containsExactly("unreadable 1", "apply 2", "changed");
    }

    @Test
    void itemWithoutAFlowOrThatTheServiceCannotRunIsKeptWithItsProblem() {
        page().apply(feed("e1", 2, item(first, 1, ", \"params\": {}"), deployed(second, 2, "unwanted")), false, false);

        assertThat(store.find(TENANT, first).orElseThrow().problem()).isEqualTo("it names no flow");
        assertThat(store.find(TENANT, second).orElseThrow().problem()).isEqualTo("it is not wanted");
    }

    @Test
    void flowOfANewerProfileIsAProblemOfItsIntegrationAlone() {
        JsonNode newer = FlowCompiler.read("document: {dsl: '2.0.0'}\ndo: []\n");

        page(newer).apply(feed("e1", 1, deployed(first, 1, "one")), false, false);

        assertThat(store.find(TENANT, first).orElseThrow().problem()).contains("not understood here");
        assertThat(store.position()).contains(new DeploymentStore.Position("e1", 1));
    }

    @Test
    void problemIsOverWithTheNextStateThatIsUnderstood() {
        page().apply(feed("e1", 1, deployed(first, 1, "unwanted")), false, false);
        page().apply(feed("e1", 2, deployed(first, 2, "wanted")), false, false);

        assertThat(store.find(TENANT, first).orElseThrow().problem()).isNull();
        assertThat(store.unsupported()).isZero();
    }

    @Test
    void anotherDatabaseCountsAnewAndForgetsWhatItDoesNotNameAgain() {
        page().apply(feed("e1", 9, deployed(first, 8, "one"), deployed(second, 9, "two")), false, false);

        page().apply(feed("e2", 1, deployed(first, 1, "one again")), true, false);
        assertThat(name(first)).isEqualTo("one again");
        assertThat(name(second)).isEqualTo("two");

        page().apply(feed("e2", 1), false, true);
        assertThat(name(first)).isEqualTo("one again");
        assertThat(store.find(TENANT, second)).isEmpty();
        assertThat(store.position()).contains(new DeploymentStore.Position("e2", 1));
        assertThat(sink.told).contains("remove " + second).doesNotContain("remove " + first);
    }

    @Test
    void emptyPageOfTheSameDatabaseForgetsNothing() {
        page().apply(feed("e1", 1, deployed(first, 1, "one")), false, false);

        page().apply(feed("e1", 1), false, true);

        assertThat(name(first)).isEqualTo("one");
    }

    @Test
    void itemThatNamesNoIntegrationDoesNotHoldUpOthers() {
        page().apply(
                        feed(
                                "e1",
                                2,
                                Json.parse("{\"integrationId\": \"x\", \"revision\": 1}"),
                                deployed(second, 2, "two")),
                        false,
                        false);

        assertThat(name(second)).isEqualTo("two");
        assertThat(store.position()).contains(new DeploymentStore.Position("e1", 2));
    }
}
