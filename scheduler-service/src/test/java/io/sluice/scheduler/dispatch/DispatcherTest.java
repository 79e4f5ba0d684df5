package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.run.executor.Executor;
import io.sluice.scheduler.schedule.ScheduleSink;
import io.sluice.scheduler.testsupport.Database;
import io.sluice.scheduler.testsupport.Deployed;
import io.sluice.scheduler.testsupport.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class DispatcherTest {

    @Inject
    Dispatcher dispatcher;

    @Inject
    ScheduleSink sink;

    @Inject
    Jdbi jdbi;

    @Inject
    Executor executor;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Deployed deployed;

    @BeforeEach
    void calm() {
        // Runs stay in the queue: what happens to them is the engine's matter.
        executor.stop();
        Database.execute("delete from due");
        deployed = new Deployed(jdbi, sink);
    }

    @Test
    void scheduleFiresOnceWhenItsInstantHasCome() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        assertThat(dispatcher.dispatchDue()).isZero();
        Deployed.due(schedule, now);

        assertThat(dispatcher.dispatchDue()).isEqualTo(1);
        assertThat(dispatcher.dispatchDue()).isZero();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Deployed.next(schedule)).isEqualTo(now.plusSeconds(3_600));
        assertThat(Database.text(
                        "select event ->> 'nominalAt' from open_run where integration_id = ? and trigger = 'schedule'",
                        deployed.integrationId()))
                .isEqualTo(now.toString());
        assertThat(Database.has(
                        "select 1 from firing f join open_run q on q.id = f.run_id"
                                + " where f.schedule_id = ? and q.schedule_id = f.schedule_id",
                        schedule))
                .isTrue();
    }

    @Test
    void instantThatHasAnOutcomeIsNotFiredAgain() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200), "last", "allow");
        deployed.deploy();
        Deployed.due(schedule, now);
        dispatcher.dispatchDue();
        // As after a restore of the due instants from an older backup.
        Deployed.due(schedule, now);

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Database.count("select count(*) from open_run where integration_id = ?", deployed.integrationId()))
                .isEqualTo(1);
    }

    @Test
    void twoDispatchersFireTenThousandSchedulesWithNoLossAndNoDouble() throws Exception {
        deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        UUID integration = deployed.integrationId();
        Database.execute(
                "insert into schedule (id, integration_id, tenant, settings)"
                        + " select gen_random_uuid(), integration_id, tenant, settings"
                        + " from schedule, generate_series(1, 9999) where integration_id = ?",
                integration);
        Database.execute("delete from due");
        Database.execute(
                "insert into due (schedule_id, next_fire_at) select id, ?::timestamptz from schedule"
                        + " where integration_id = ?",
                now.toString(),
                integration);

        List<Integer> fired = bothAtOnce();

        assertThat(fired.get(0) + fired.get(1)).isEqualTo(10_000);
        assertThat(fired).as("both had work").allMatch(count -> count > 0);
        String outcomes =
                "select count(*) from firing f join schedule s on s.id = f.schedule_id" + " where s.integration_id = ?";
        assertThat(Database.count(outcomes, integration)).isEqualTo(10_000);
        assertThat(Database.count(outcomes + " and f.outcome = 'ran'", integration))
                .isEqualTo(10_000);
        assertThat(Database.count("select count(*) from open_run where integration_id = ?", integration))
                .isEqualTo(10_000);
        assertThat(Database.count(
                        "select count(distinct q.schedule_id) from open_run q where q.integration_id = ?", integration))
                .isEqualTo(10_000);
        assertThat(Database.count(
                        "select count(*) from due where next_fire_at = ?::timestamptz",
                        now.plusSeconds(3_600).toString()))
                .isEqualTo(10_000);
    }

    @Test
    void openRunSkipsTheNextInstant() {
        UUID schedule = deployed.add("PT1S", now.minusSeconds(60));
        deployed.deploy();

        dispatchUntil(schedule, "ran", 1);
        dispatchUntil(schedule, "skipped", 2);

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Database.text(
                        "select distinct reason from firing where schedule_id = ? and outcome = 'skipped'", schedule))
                .isEqualTo("overlap");
    }

    @Test
    void overlapMayBeAllowed() {
        UUID schedule = deployed.add("PT1S", now.minusSeconds(60), "last", "allow");
        deployed.deploy();

        dispatchUntil(schedule, "ran", 2);

        assertThat(Deployed.outcomes(schedule, "skipped")).isZero();
    }

    @Test
    void openRunOfOneScheduleDoesNotSkipAnother() {
        UUID one = deployed.add("PT1H", now.minusSeconds(7_200));
        UUID other = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Deployed.due(one, now);
        dispatcher.dispatchDue();
        Deployed.due(other, now);

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(other, "ran")).isEqualTo(1);
    }

    @Test
    void afterADowntimeTheLastInstantRunsAndTheOthersAreRecordedAsMissed() {
        UUID schedule = deployed.add("PT10M", now.minus(Duration.ofHours(10)), "last", "skip");
        deployed.deploy();
        Deployed.due(schedule, now.minus(Duration.ofMinutes(50)));

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
        assertThat(Deployed.outcomes(schedule, "missed")).isEqualTo(5);
        assertThat(Database.has(
                        "select 1 from firing where schedule_id = ? and outcome = 'ran' and nominal_at = ?::timestamptz",
                        schedule,
                        now.toString()))
                .isTrue();
        assertThat(Deployed.next(schedule)).isEqualTo(now.plus(Duration.ofMinutes(10)));
    }

    @Test
    void afterADowntimePolicyNoneRunsNothing() {
        Instant grid = now.minus(Duration.ofMinutes(5));
        UUID schedule = deployed.add("PT10M", grid.minus(Duration.ofHours(10)), "none", "skip");
        deployed.deploy();
        Deployed.due(schedule, grid.minus(Duration.ofMinutes(50)));

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(schedule, "ran")).isZero();
        assertThat(Deployed.outcomes(schedule, "missed")).isEqualTo(6);
        assertThat(Deployed.next(schedule)).isEqualTo(grid.plus(Duration.ofMinutes(10)));
    }

    @Test
    void unchangedScheduleKeepsItsInstantOnANewRevision() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Instant overdue = now.minusSeconds(30);
        Deployed.due(schedule, overdue);

        deployed.deploy();

        assertThat(Deployed.next(schedule)).isEqualTo(overdue);
        dispatcher.dispatchDue();
        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
    }

    @Test
    void changedScheduleGoesByItsNewRule() {
        Instant start = now.minusSeconds(7_200);
        UUID schedule = deployed.add("PT1H", start);
        deployed.deploy();

        deployed.set("every", "PT7H").deploy();

        assertThat(Deployed.next(schedule)).isEqualTo(start.plus(Duration.ofHours(7)));
    }

    @Test
    void disabledScheduleStopsAndGoesOnWhenItIsEnabled() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();

        deployed.set("enabled", false).deploy();
        assertThat(Deployed.isScheduled(schedule)).isFalse();

        deployed.set("enabled", true).deploy();
        assertThat(Deployed.next(schedule)).isAfter(now);
    }

    @Test
    void removedScheduleStopsAndItsSiblingStays() {
        UUID kept = deployed.add("PT1H", now.minusSeconds(7_200));
        UUID removed = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Deployed.due(kept, now);
        Deployed.due(removed, now);

        deployed.removeLast().deploy();
        dispatcher.dispatchDue();

        assertThat(Deployed.isScheduled(removed)).isFalse();
        assertThat(Deployed.outcomes(removed, "ran")).isZero();
        assertThat(Deployed.outcomes(kept, "ran")).isEqualTo(1);
    }

    @Test
    void scheduleOfADeletedIntegrationStops() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Deployed.due(schedule, now);

        deployed.delete();

        assertThat(dispatcher.dispatchDue()).isZero();
        assertThat(Deployed.isScheduled(schedule)).isFalse();
    }

    @Test
    void deploymentThatIsNotUnderstoodFiresNoMore() {
        UUID schedule = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Deployed.due(schedule, now);

        deployed.deploy("its flow is from the future");

        assertThat(dispatcher.dispatchDue()).isZero();
        assertThat(Deployed.outcomes(schedule, "ran")).isZero();
        deployed.deploy();
        // From where it stood: its instant is accounted for as any that was missed.
        assertThat(Deployed.next(schedule)).isEqualTo(now);
        dispatcher.dispatchDue();
        assertThat(Deployed.outcomes(schedule, "ran")).isEqualTo(1);
    }

    @Test
    void scheduleThatCannotBeFiredDoesNotKeepTheOthersFromFiring() {
        List<UUID> good = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            good.add(deployed.add("PT1H", now.minusSeconds(7_200)));
        }
        UUID bad = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        Database.execute(
                "update schedule set settings = jsonb_set(settings, '{zone}', '\"Mars/Olympus\"') where id = ?", bad);
        good.forEach(id -> Deployed.due(id, now));
        // The first of the batch.
        Deployed.due(bad, now.minusSeconds(1));

        dispatcher.dispatchDue();

        assertThat(good)
                .allSatisfy(id -> assertThat(Deployed.outcomes(id, "ran")).isEqualTo(1));
        assertThat(Deployed.outcomes(bad, "failed")).isEqualTo(1);
        assertThat(dispatcher.dispatchDue()).isZero();
    }

    @Test
    void scheduleThatCannotBeReadDoesNotKeepTheOthersFromFiring() {
        UUID good = deployed.add("PT1H", now.minusSeconds(7_200));
        UUID bad = deployed.add("PT1H", now.minusSeconds(7_200));
        deployed.deploy();
        // As a newer version has left it before it was rolled back.
        Database.execute("update schedule set settings = settings || '{\"fromTheFuture\": true}' where id = ?", bad);
        Deployed.due(good, now);
        Deployed.due(bad, now.minusSeconds(1));

        dispatcher.dispatchDue();

        assertThat(Deployed.outcomes(good, "ran")).isEqualTo(1);
        assertThat(Deployed.outcomes(bad, "failed")).isEqualTo(1);
    }

    private void dispatchUntil(UUID schedule, String outcome, long times) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    dispatcher.dispatchDue();
                    assertThat(Deployed.outcomes(schedule, outcome)).isGreaterThanOrEqualTo(times);
                });
    }

    private List<Integer> bothAtOnce() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Integer> fired = new ArrayList<>();
        try (ExecutorService replicas = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> working = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                working.add(replicas.submit(() -> {
                    start.await();
                    int sum = 0;
                    for (int claimed = dispatcher.dispatchDue(); claimed > 0; claimed = dispatcher.dispatchDue()) {
                        sum += claimed;
                    }
                    return sum;
                }));
            }
            start.countDown();
            for (Future<Integer> replica : working) {
                fired.add(replica.get(120, TimeUnit.SECONDS));
            }
        }
        return fired;
    }
}
