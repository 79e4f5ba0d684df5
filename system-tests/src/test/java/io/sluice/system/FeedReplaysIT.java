package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.ServiceName;
import io.sluice.local.StackPort;
import io.sluice.system.client.FeedProxy;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.load.Plans;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The feed says old revisions again, with other schedules: the newest stays in force, and nothing is planned anew. */
@SystemTest
class FeedReplaysIT {

    private static final long SEED = 20261126;
    private static final int REPETITIONS = 3;

    private final FeedProxy feed;
    private final Integration integration;
    private final Plans plans;

    FeedReplaysIT(Sluice sluice) {
        this.feed = FeedProxy.before(sluice.url(StackPort.INTEGRATIONS));
        sluice.afterwards(feed::close);
        // The one that is left has the lead.
        sluice.replica(
                ServiceName.SCHEDULER,
                Map.of("SLUICE_INTEGRATIONS_URL", feed.url().toString()));
        sluice.service(ServiceName.SCHEDULER).stop();
        this.integration = new OwnFlows(sluice).installScheduled("- done: {set: {ok: '${ true }'}}\n");
        this.plans = new Plans(sluice.stack().database(), integration.id());
    }

    @Test
    void theNewestWinsAndNothingIsPlannedAnew() {
        String changed = integration.addSchedule(Map.of("every", "PT1S", "overlap", "allow"));
        awaitSchedules(1);
        String removed = integration.addSchedule(Map.of("every", "PT1S"));
        awaitSchedules(2);
        integration.changeSchedule(changed, Map.of("every", "PT5H"));
        Http.require(
                integration
                        .api()
                        .delete(
                                "/api/v1/integrations/{id}/schedules/{scheduleId}",
                                integration.etag(),
                                integration.id(),
                                removed),
                204);
        Patience.soon()
                .until(() ->
                        plans.state().size() == 1 && plans.state().getFirst().contains("PT5H"));
        List<JsonNode> old = feed.said(integration.id());
        List<String> before = plans.state();

        replay(old);

        assertThat(old).hasSizeGreaterThanOrEqualTo(3);
        assertThat(plans.state()).isEqualTo(before);

        Http.require(integration.api().delete("/api/v1/integrations/{id}", integration.etag(), integration.id()), 204);
        awaitSchedules(0);
        replay(old);

        assertThat(plans.state()).as("what was deleted stays so").isEmpty();
        System.out.printf(
                "The feed said %d old revisions again, in %d pages; the newest stayed in force.%n",
                old.size(), feed.repetitions());
    }

    private void awaitSchedules(int count) {
        Patience.soon().until(() -> plans.state().size() == count);
    }

    /** In their order, and in others. */
    private void replay(List<JsonNode> old) {
        Random random = new Random(SEED);
        List<JsonNode> pages = new ArrayList<>(old);
        for (int i = 0; i < REPETITIONS; i++) {
            feed.repeat(pages);
            Collections.shuffle(pages, random);
        }
    }
}
