package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.BackfillStatus;
import io.sluice.contract.schedule.StartBackfill;
import io.sluice.run.executor.Executor;
import io.sluice.scheduler.schedule.ScheduleSink;
import io.sluice.scheduler.testsupport.Database;
import io.sluice.scheduler.testsupport.Deployed;
import io.sluice.scheduler.testsupport.ServiceStack;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class BackfillsTest {

    @Inject
    Backfills backfills;

    @Inject
    ScheduleSink sink;

    @Inject
    Jdbi jdbi;

    @Inject
    Executor executor;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Deployed deployed;
    private UUID schedule;

    @BeforeEach
    void deploy() {
        executor.stop();
        Database.execute("delete from due");
        deployed = new Deployed(jdbi, sink);
        schedule = deployed.add("PT1H", now.minus(Duration.ofDays(10)));
        deployed.deploy();
    }

    private Backfill begin(StartBackfill wanted) {
        return backfills.begin(deployed.tenant(), schedule, wanted, "alice");
    }

    private StartBackfill lastHours(int hours, boolean dryRun, int perMinute) {
        return new StartBackfill(now.minus(Duration.ofHours(hours - 1L)), now, dryRun, perMinute);
    }

    private Backfill current() {
        return backfills.list(deployed.tenant(), schedule).getFirst();
    }

    @Test
    void dryRunTellsAndStartsNothing() {
        Backfill told = begin(lastHours(24, true, 60));

        assertThat(told.total()).isEqualTo(24);
        assertThat(told.status()).isEqualTo(BackfillStatus.PLANNED);
        assertThat(told.next()).hasSize(10).startsWith(now.minus(Duration.ofHours(23)));
        assertThat(backfills.step()).isFalse();
        assertThat(backfills.list(deployed.tenant(), schedule)).isEmpty();
    }

    @Test
    void eachInstantOfTheRangeIsRunOnceWhoeverCarriesItOn() {
        begin(lastHours(50, false, 6_000));

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            backfills.step();
            return current().status() == BackfillStatus.DONE;
        });

        assertThat(current().started()).isEqualTo(50);
        assertThat(Database.count(
                        "select count(distinct event ->> 'nominalAt') from open_run where integration_id = ?"
                                + " and event ->> 'backfillId' is not null",
                        deployed.integrationId()))
                .isEqualTo(50);
        assertThat(Database.count(
                        "select count(*) from backfill_firing where schedule_id = ? and outcome = 'ran'", schedule))
                .isEqualTo(50);
        // Beside what the schedule itself has fired or will.
        assertThat(Database.count("select count(*) from firing where schedule_id = ?", schedule))
                .isZero();
    }

    @Test
    void oneOfAScheduleGoesOnAtATimeAndCanBeStopped() {
        Backfill first = begin(lastHours(20, false, 1));
        backfills.step();
        assertThatThrownBy(() -> begin(lastHours(2, false, 1)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.detail()).contains("goes on already"));

        backfills.stop(deployed.tenant(), schedule, java.util.Objects.requireNonNull(first.id()));

        assertThat(current().status()).isEqualTo(BackfillStatus.STOPPED);
        assertThat(current().started()).isEqualTo(1);
        begin(lastHours(2, false, 1));
    }

    @Test
    void othersTenantsScheduleIsNone() {
        assertThatThrownBy(() -> backfills.begin("other", schedule, lastHours(2, false, 1), "eve"))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> backfills.list("other", schedule)).isInstanceOf(ProblemException.class);
    }

    @Test
    void rangeInTheFutureIsRefused() {
        assertThatThrownBy(() -> begin(new StartBackfill(now, now.plusSeconds(3_600), false, 1)))
                .isInstanceOf(ProblemException.class);
    }
}
