package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.StepRecord;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BulkReplayFilterTest {

    private static final ReplayFilter ALL_FAILED = new ReplayFilter(null, null, null, null, null);
    private static final RunEnd SUCCEEDED = new RunEnd.Succeeded(null);

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final BulkReplayStore store = new BulkReplayStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);
    private final EndedRuns ended = new EndedRuns(jdbi, runs);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void filterNarrowsByStatusTriggerErrorAndTime() {
        UUID http = ended.ended(runs, EndedRuns.failed("http-status"));
        UUID timeout = ended.ended(runs.ofTrigger(TriggerKind.WEBHOOK), EndedRuns.failed("timeout"));
        UUID good = ended.ended(runs, SUCCEEDED);
        ended.ended(runs.ofAnotherIntegration(), EndedRuns.failed("http-status"));
        ended.ended(runs.ofAnotherTenant(), EndedRuns.failed("http-status"));
        Instant soon = Instant.now().plusSeconds(3_600);

        assertThat(found(ALL_FAILED)).containsExactly(http, timeout);
        assertThat(found(new ReplayFilter(RunStatus.SUCCEEDED, null, null, null, null)))
                .containsExactly(good);
        assertThat(found(new ReplayFilter(null, TriggerKind.WEBHOOK, null, null, null)))
                .containsExactly(timeout);
        assertThat(found(new ReplayFilter(null, null, null, null, "http-status")))
                .containsExactly(http);
        assertThat(found(new ReplayFilter(null, null, soon, null, null))).isEmpty();
        assertThat(found(new ReplayFilter(null, null, null, soon, null))).containsExactly(http, timeout);
    }

    private List<UUID> found(ReplayFilter filter) {
        long told = store.preview(runs.tenant(), runs.integrationId(), filter).runs();
        ended.begin(filter, false, 60_000);
        List<UUID> found = new ArrayList<>();
        store.step((bulk, tenant, id) -> {
            found.add(id);
            return Optional.empty();
        });
        assertThat(told).isEqualTo(found.size());
        return found;
    }

    private static StepRecord call(String method, String url) {
        StepRecord step = Steps.succeeded("/call");
        return new StepRecord(
                step.pointer(),
                step.visit(),
                step.name(),
                step.kind(),
                step.status(),
                1,
                step.startedAt(),
                step.duration(),
                new HttpRequestLog(method, url, Map.of(), null, 0),
                null,
                null);
    }

    @Test
    void previewSaysWhomTheRunsCalled() {
        StepRecord read = call("GET", "https://shop.example/orders?page=1");
        ended.ended(runs, EndedRuns.failed("http-status"), read, read, call("POST", "https://api.example:8443/lines"));
        ended.ended(runs, EndedRuns.failed("http-status"), read);
        ended.ended(runs, SUCCEEDED, call("DELETE", "https://other.example/"));

        ReplayPreview preview = store.preview(runs.tenant(), runs.integrationId(), ALL_FAILED);

        assertThat(preview.runs()).isEqualTo(2);
        assertThat(preview.targets())
                .containsExactly(
                        new ReplayPreview.Target("shop.example", 3, false),
                        new ReplayPreview.Target("api.example:8443", 1, true));
    }

    @Test
    void runsThatAreHiddenByTheCountAreNotRepeated() {
        List<UUID> ids = ended.failed(3);
        new PartitionStore(jdbi).tidy(Instant.now(), tenant -> java.util.OptionalLong.of(2));

        assertThat(found(ALL_FAILED)).containsExactlyElementsOf(ids.subList(1, 3));
    }
}
