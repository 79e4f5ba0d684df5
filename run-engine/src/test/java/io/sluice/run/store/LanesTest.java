package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.contract.run.ParkedKey;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.Lane;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.Ends;
import io.sluice.run.testsupport.QueuedRuns;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs that share a key or a limit with others of their integration. */
@Timeout(60)
class LanesTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final RunEnd SUCCEEDED = new RunEnd.Succeeded(null);
    private static final RunEnd FAILED =
            new RunEnd.Failed(new RunError("http-status", 400, "The target answered 400", null, null));

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final RunQueueStore queue = new RunQueueStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final LaneStore lanes = new LaneStore(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);

    @AfterEach
    void close() {
        database.close();
    }

    private List<ClaimedRun> claim() {
        return queue.claim("a", LEASE, 20);
    }

    private List<UUID> ids(List<ClaimedRun> claimed) {
        return claimed.stream().map(ClaimedRun::id).toList();
    }

    private ClaimedRun only() {
        List<ClaimedRun> claimed = claim();
        assertThat(claimed).hasSize(1);
        return claimed.getFirst();
    }

    private void fail(UUID expected) {
        ClaimedRun run = only();
        assertThat(run.id()).isEqualTo(expected);
        assertThat(Ends.end(queue, run, FAILED, List.of())).isTrue();
    }

    private void limit(int most) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into deployment (integration_id, tenant, revision, deleted, document)
                        values (:id, :tenant, 1, false, :document::jsonb)
                        on conflict (integration_id) do update set document = excluded.document
                        """)
                .bind("id", runs.integrationId())
                .bind("tenant", runs.tenant())
                .bind("document", "{\"policy\": {\"maxConcurrent\": " + most + "}}")
                .execute());
    }

    private QueuedRuns limited() {
        return runs.on(new NewRun.Terms(Lane.LIMIT, null, 30));
    }

    @Test
    void runsOfOneKeyGoOneAfterTheOtherAndKeysGoInParallel() {
        UUID a1 = runs.ofKey("a").add();
        UUID a2 = runs.ofKey("a").add();
        UUID b1 = runs.ofKey("b").add();

        List<ClaimedRun> first = claim();

        assertThat(ids(first)).containsExactlyInAnyOrder(a1, b1);
        assertThat(claim()).isEmpty();
        first.forEach(run -> Ends.end(queue, run, SUCCEEDED, List.of()));
        assertThat(only().id()).isEqualTo(a2);
    }

    @Test
    void sameKeysOfTwoIntegrationsDoNotWaitForEachOther() {
        UUID one = runs.ofKey("a").add();
        UUID other = runs.ofAnotherIntegration().ofKey("a").add();

        assertThat(ids(claim())).containsExactlyInAnyOrder(one, other);
    }

    @Test
    void eventThatIsTriedAgainHoldsItsKey() {
        UUID first = runs.ofKey("a").add();
        runs.ofKey("a").add();
        RunError busy = new RunError("http-status", 503, "busy", null, null);

        Ends.end(queue, only(), new RunEnd.Again(Duration.ofHours(1), busy), List.of());

        assertThat(claim()).isEmpty();
        assertThat(reads.find(runs.tenant(), first).orElseThrow().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void eventThatFailsForGoodParksItsKeyAlone() {
        UUID failed = runs.ofKey("a").add();
        fail(failed);
        runs.ofKey("a").add();
        UUID other = runs.ofKey("b").add();

        assertThat(only().id()).isEqualTo(other);
        assertThat(lanes.parked(runs.tenant(), runs.integrationId()))
                .extracting(ParkedKey::key, ParkedKey::runId, ParkedKey::waiting)
                .containsExactly(tuple("a", failed, 1L));
        assertThat(lanes.parked("another", runs.integrationId())).isEmpty();
    }

    @Test
    void skippedEventLetsTheNextOneGo() {
        fail(runs.ofKey("a").add());
        UUID next = runs.ofKey("a").add();

        assertThat(lanes.skip("another", runs.integrationId(), "a")).isFalse();
        assertThat(claim()).isEmpty();
        assertThat(lanes.skip(runs.tenant(), runs.integrationId(), "a")).isTrue();

        assertThat(only().id()).isEqualTo(next);
        assertThat(lanes.skip(runs.tenant(), runs.integrationId(), "a")).isFalse();
    }

    @Test
    void droppedKeyCancelsWhatWaitsForIt() {
        fail(runs.ofKey("a").add());
        List<UUID> waiting = runs.ofKey("a").add(2);
        UUID other = runs.ofKey("b").add();

        assertThat(lanes.drop(runs.tenant(), runs.integrationId(), "a")).isTrue();

        assertThat(waiting)
                .allSatisfy(id -> assertThat(
                                reads.find(runs.tenant(), id).orElseThrow().status())
                        .isEqualTo(RunStatus.CANCELLED));
        assertThat(only().id()).isEqualTo(other);
    }

    @Test
    void retriedEventGoesBeforeAllThatWaitWithWhatItHadDone() {
        UUID failed = runs.ofKey("a").add();
        ClaimedRun run = only();
        new StepLogStore(jdbi)
                .write(run, List.of(), new StepLogStore.Result(Steps.succeeded("/one"), Json.parse("1"), null), 0);
        Ends.end(queue, run, FAILED, List.of());
        runs.ofKey("a").add();
        NewRun again = runs.ofKey("a").run(null);

        assertThat(lanes.retry(runs.tenant(), runs.integrationId(), "a", id -> {
                    assertThat(id).isEqualTo(failed);
                    return repeated(again, id);
                }))
                .contains(again.id());

        ClaimedRun next = only();
        assertThat(next.id()).isEqualTo(again.id());
        assertThat(next.keyRoot()).isEqualTo(failed);
        assertThat(new StepLogStore(jdbi).memory(next, false).results()).containsOnlyKeys("/one");
        assertThat(Ends.end(queue, next, FAILED, List.of())).isTrue();
        assertThat(lanes.parked(runs.tenant(), runs.integrationId()))
                .extracting(ParkedKey::runId)
                .containsExactly(again.id());
    }

    private static NewRun repeated(NewRun run, UUID of) {
        return new NewRun(
                run.id(),
                run.tenant(),
                run.integrationId(),
                run.trigger(),
                run.flow(),
                run.params(),
                run.event(),
                null,
                null,
                new NewRun.Replay(of, of),
                run.terms());
    }

    @Test
    void noMoreThanTheLimitGoAtOnce() {
        limit(2);
        limited().add(5);

        List<ClaimedRun> first = claim();
        assertThat(first).hasSize(2);
        assertThat(claim()).isEmpty();

        Ends.end(queue, first.getFirst(), SUCCEEDED, List.of());
        assertThat(claim()).hasSize(1);
        assertThat(claim()).isEmpty();
    }

    @Test
    void limitThatIsRaisedCountsForWhatWaits() {
        limit(1);
        limited().add(5);
        assertThat(claim()).hasSize(1);

        limit(3);

        assertThat(claim()).hasSize(2);
    }

    @Test
    void keysShareTheLimitOfTheirIntegration() {
        limit(2);
        for (String key : List.of("a", "b", "c")) {
            runs.ofKey(key).add(2);
        }

        List<ClaimedRun> first = claim();

        assertThat(first).hasSize(2);
        assertThat(claim()).isEmpty();
    }

    @Test
    void limitAndOrderHoldWhenWorkersRace() throws Exception {
        limit(3);
        List<String> keys = List.of("a", "b", "c", "d", "e");
        for (int i = 0; i < 100; i++) {
            runs.ofKey(keys.get(i % keys.size())).add(Json.parse(String.valueOf(i)));
        }
        List<ClaimedRun> order = new ArrayList<>();
        List<Integer> atOnce = new ArrayList<>();
        Runnable worker = () -> {
            String name = UUID.randomUUID().toString();
            while (open("") > 0) {
                for (ClaimedRun run : queue.claim(name, LEASE, 4)) {
                    synchronized (order) {
                        order.add(run);
                        atOnce.add(open(" where worker is not null"));
                    }
                    Ends.end(queue, run, SUCCEEDED, List.of());
                }
            }
        };

        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<?> one : List.of(workers.submit(worker), workers.submit(worker), workers.submit(worker))) {
                one.get();
            }
        }

        assertThat(order).hasSize(100);
        assertThat(atOnce).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(3));
        for (int key = 0; key < keys.size(); key++) {
            int rest = key;
            assertThat(order.stream()
                            .map(run -> Objects.requireNonNull(run.event()).asInt())
                            .filter(event -> event % keys.size() == rest))
                    .isSorted();
        }
    }

    private int open(String which) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from open_run" + which)
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void manyLanesAreAllReached() {
        for (int i = 0; i < 1_200; i++) {
            runs.ofKey("key-" + i).add();
        }
        List<UUID> claimed = new ArrayList<>();

        for (int look = 0; look < 200 && claimed.size() < 1_200; look++) {
            List<ClaimedRun> some = queue.claim("a", LEASE, 64);
            some.forEach(run -> Ends.end(queue, run, SUCCEEDED, List.of()));
            claimed.addAll(ids(some));
        }

        assertThat(claimed).hasSize(1_200).doesNotHaveDuplicates();
    }

    @Test
    void lanesDoNotStarveTheOthersNorTheOtherWayRound() {
        for (int i = 0; i < 40; i++) {
            runs.ofKey("key-" + i).add();
        }
        runs.add(40);

        List<ClaimedRun> claimed = claim();

        assertThat(claimed).hasSize(20);
        assertThat(claimed).anySatisfy(run -> assertThat(lane(run)).isNull());
        assertThat(claimed).anySatisfy(run -> assertThat(lane(run)).isNotNull());
    }

    private @Nullable String lane(ClaimedRun run) {
        return jdbi.withHandle(handle -> handle.createQuery("select coalesce(lane, '-') from open_run where id = :id")
                        .bind("id", run.id())
                        .mapTo(String.class)
                        .one())
                .transform(lane -> lane.equals("-") ? null : lane);
    }
}
