package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.RunSummary;
import io.sluice.contract.run.Step;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.Journal;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the release with one table of runs to the one with open runs apart, with rows in place. */
@Timeout(60)
class MigrationTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String TENANT = "acme";

    private final Database database = Database.bare();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final UUID integration = UUID.randomUUID();
    private final AtomicLong clock = new AtomicLong(Instant.now().toEpochMilli() - 60_000);
    private final RunIds ids =
            new RunIds(RunOwner.INGRESS, () -> Instant.ofEpochMilli(clock.incrementAndGet()), new Random(1));

    private final UUID succeeded = ids.next();
    private final UUID failed = ids.next();
    private final UUID dead = ids.next();
    private final UUID running = ids.next();
    private final UUID serialFirst = ids.next();
    private final UUID serialSecond = ids.next();
    private final UUID queued = ids.next();
    private final UUID marked = ids.next();

    @AfterEach
    void close() {
        database.close();
    }

    @BeforeEach
    void fill() {
        database.migrate("V001");
        jdbi.useHandle(handle -> handle.execute("insert into flow (digest, document) values ('d', '{}')"));
        ended(succeeded, "succeeded", "{\"n\": 1}", null);
        ended(failed, "failed", null, "{\"code\": \"timeout\", \"status\": 408, \"title\": \"too slow\"}");
        step(succeeded, "/b", "{\"output\": 2}");
        step(succeeded, "/a", "{\"output\": 1}");
        open(dead, "running", null, "'dead', now() - interval '1 minute', 3, false");
        step(dead, "/a", "{\"output\": {\"id\": 7}, \"context\": {\"cursor\": 4}}");
        step(dead, "/b", null);
        open(running, "running", null, "'alive', now() + interval '1 minute', 1, false");
        open(serialFirst, "queued", integration, "null, null, 0, false");
        open(serialSecond, "queued", integration, "null, null, 0, false");
        open(queued, "queued", null, "null, null, 0, false");
        open(marked, "queued", null, "null, null, 1, true");
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into flow_context (integration_id, tenant, version, value, changed_by, changed_at)
                        values (:integration, 'acme', 4, '{"cursor": 4}', :run, now())
                        """)
                .bind("integration", integration)
                .bind("run", dead)
                .execute());
        database.migrate("V003");
    }

    private void ended(UUID id, String status, @Nullable String output, @Nullable String error) {
        run(id, status, "now()", output, error);
    }

    private void run(UUID id, String status, String endedAt, @Nullable String output, @Nullable String error) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run (id, tenant, integration_id, trigger, status, attempt, template, flow_digest, params,
                                         event, output, error, requested_by, created_at, started_at, ended_at)
                        values (:id, 'acme', :integration, 'webhook', :status, 2, 'library/x:1.0.0', 'd', '{"p": 1}',
                                '{"body": 1}', :output::jsonb, :error::jsonb, 'alice', now(), now(),
                        """ + endedAt + ")")
                .bind("id", id)
                .bind("integration", integration)
                .bind("status", status)
                .bind("output", output)
                .bind("error", error)
                .execute());
    }

    private void open(UUID id, String status, @Nullable UUID key, String claim) {
        run(id, status, "null", null, null);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run_queue (run_id, integration_id, serial_key, not_before, worker, lease_until, fence,
                                               cancel_requested)
                        values (:id, :integration, :key::uuid, now(), %s)
                        """.formatted(claim))
                .bind("id", id)
                .bind("integration", integration)
                .bind("key", key)
                .execute());
    }

    private void step(UUID run, String visit, @Nullable String result) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run_step (run_id, visit, pointer, name, kind, status, attempt, started_at, duration_ms,
                                              result)
                        values (:run, :visit, '/do/0' || :visit, 'x', 'call', 'succeeded', 1, now(), 5, :result::jsonb)
                        """)
                .bind("run", run)
                .bind("visit", visit)
                .bind("result", result)
                .execute());
    }

    private Run read(UUID id) {
        return reads.find(TENANT, id).orElseThrow();
    }

    private List<ClaimedRun> claim() {
        return queue.claim("new", LEASE, 20);
    }

    @Test
    void allRunsAreStillThere() {
        List<RunSummary> all = reads.list(TENANT, integration, new RunReads.Filter(null, null, null, null, null, 50));

        assertThat(all)
                .extracting(RunSummary::id)
                .containsExactly(marked, queued, serialSecond, serialFirst, running, dead, failed, succeeded);
        assertThat(read(running).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(read(queued).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(reads.find("another", succeeded)).isEmpty();
    }

    @Test
    void endedRunsKeepWhatTheySaid() {
        assertThat(read(succeeded)).satisfies(run -> {
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.output()).isEqualTo(Json.parse("{\"n\": 1}"));
            assertThat(run.event()).isEqualTo(Json.parse("{\"body\": 1}"));
            assertThat(run.attempt()).isEqualTo(2);
            assertThat(run.requestedBy()).isEqualTo("alice");
            assertThat(run.steps()).extracting(Step::visit).containsExactly("/b", "/a");
        });
        assertThat(read(failed).error())
                .satisfies(error -> assertThat(error.code()).isEqualTo("timeout"));
    }

    @Test
    void openRunsAreClaimedAndThoseOfOneContextOneAfterTheOther() {
        List<ClaimedRun> claimed = claim();

        assertThat(claimed).extracting(ClaimedRun::id).containsExactlyInAnyOrder(dead, serialFirst, queued);
        assertThat(read(marked).status()).isEqualTo(RunStatus.CANCELLED);
        claimed.forEach(run -> assertThat(Ends.end(queue, run, new RunEnd.Succeeded(null), List.of()))
                .isTrue());
        assertThat(claim()).extracting(ClaimedRun::id).containsExactly(serialSecond);
    }

    @Test
    void runOfADeadWorkerGoesOnWithItsResultsAndKeys() {
        ClaimedRun run = claim().stream()
                .filter(one -> one.id().equals(dead))
                .findFirst()
                .orElseThrow();

        assertThat(run.fence()).isEqualTo(4);
        assertThat(run.attempt()).isEqualTo(3);
        assertThat(run.keyRoot()).isEqualTo(dead);
        StepLogStore.Memory memory = new StepLogStore(jdbi).memory(run, true);
        assertThat(memory.results())
                .isEqualTo(Map.of(
                        "/a", new Journal.Stored(Map.of("id", 7), new Journal.ContextChange(Map.of("cursor", 4)))));
        assertThat(memory.attempts()).isEqualTo(Map.of("/a", 1, "/b", 1));
        assertThat(memory.version()).isEqualTo(4);
    }

    @Test
    void workerThatIsAliveKeepsItsRun() {
        assertThat(queue.renew("alive", LEASE, List.of(running))).containsExactly(new RunQueue.Held(running, 1, false));
    }

    @Test
    void contextIsTheFirstOfItsHistory() {
        assertThat(new ContextStore(jdbi).find(TENANT, integration).orElseThrow())
                .satisfies(state -> {
                    assertThat(state.version()).isEqualTo(4);
                    assertThat(state.history()).singleElement().satisfies(one -> {
                        assertThat(one.value()).isEqualTo(Json.parse("{\"cursor\": 4}"));
                        assertThat(one.runId()).isEqualTo(dead);
                    });
                });
    }
}
