package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.StepRecord;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Runs that have ended, and the replays of them. */
final class EndedRuns {

    private final Jdbi jdbi;
    private final QueuedRuns runs;
    private final RunQueueStore queue;
    private final BulkReplayStore store;

    EndedRuns(Jdbi jdbi, QueuedRuns runs) {
        this.jdbi = jdbi;
        this.runs = runs;
        this.queue = new RunQueueStore(jdbi);
        this.store = new BulkReplayStore(jdbi);
    }

    static RunEnd failed(String code) {
        return new RunEnd.Failed(new RunError(code, 500, "no", null, null));
    }

    UUID ended(QueuedRuns of, RunEnd end, StepRecord... steps) {
        UUID id = of.add();
        ClaimedRun run = queue.claim("a", Duration.ofSeconds(30), 1).getFirst();
        assertThat(run.id()).isEqualTo(id);
        assertThat(Ends.end(queue, run, end, List.of(steps))).isTrue();
        return id;
    }

    List<UUID> failed(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(ended(runs, failed("http-status")));
        }
        return ids;
    }

    BulkReplay begin(ReplayFilter filter, boolean fromFailure, int perMinute) {
        return store.begin(new BulkReplayStore.Wanted(
                        UUID.randomUUID(),
                        runs.tenant(),
                        runs.integrationId(),
                        filter,
                        fromFailure,
                        perMinute,
                        "alice"))
                .orElseThrow();
    }

    Optional<NewRun> repeat(BulkReplay bulk, String tenant, UUID id) {
        NewRun run = runs.ofTrigger(TriggerKind.REPLAY).run(null);
        return Optional.of(new NewRun(
                run.id(),
                tenant,
                bulk.integrationId(),
                run.trigger(),
                run.flow(),
                run.params(),
                null,
                bulk.requestedBy(),
                null,
                new NewRun.Replay(id, bulk.fromFailure() ? id : run.id()),
                run.terms()));
    }

    Optional<Integer> step() {
        return store.step(this::repeat);
    }

    /** Lets the time until the next step pass. */
    void later() {
        jdbi.useHandle(handle -> handle.execute("update bulk_replay set next_at = now()"));
    }

    void runToItsEnd() {
        while (step().isPresent()) {
            later();
        }
    }

    List<UUID> replayed() {
        return jdbi.withHandle(handle -> handle.createQuery("select replay_of from open_run order by id")
                .mapTo(UUID.class)
                .list());
    }

    BulkReplay only() {
        List<BulkReplay> all = store.list(runs.tenant(), runs.integrationId());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
