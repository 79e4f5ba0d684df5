package io.sluice.scheduler.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.Firing;
import io.sluice.run.executor.Executor;
import io.sluice.scheduler.dispatch.Dispatcher;
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
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class FiringReadsTest {

    @Inject
    FiringReads reads;

    @Inject
    FiringPartitions partitions;

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
    private UUID schedule;

    @BeforeEach
    void deploy() {
        executor.stop();
        Database.execute("delete from due");
        deployed = new Deployed(jdbi, sink);
        schedule = deployed.add("PT1H", now.minus(Duration.ofDays(10)));
        deployed.deploy();
        Deployed.due(schedule, now.minus(Duration.ofHours(30)));
        dispatcher.dispatchDue();
    }

    private Page<Firing> list(@Nullable String outcome, @Nullable String cursor, int limit) {
        return reads.list(deployed.tenant(), schedule, new FiringReads.Wanted(outcome, null, null, cursor, limit));
    }

    @Test
    void pagesGoThroughAllInstantsNewestFirst() {
        List<Instant> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page<Firing> page = list(null, cursor, 7);
            page.items().forEach(firing -> seen.add(firing.nominalAt()));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen).hasSize(31).doesNotHaveDuplicates().isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(seen).startsWith(now).endsWith(now.minus(Duration.ofHours(30)));
    }

    @Test
    void whatRanTellsItsRunAndHowLateItWas() {
        Firing ran = list("ran", null, 10).items().getFirst();

        assertThat(ran.runId()).isNotNull();
        assertThat(ran.lateMs()).isNotNull().isNotNegative();
        assertThat(list("missed", null, 100).items()).hasSize(30).allMatch(firing -> firing.runId() == null);
    }

    @Test
    void backfillsStandBesideTheScheduleOwnInstants() {
        UUID backfill = UUID.randomUUID();
        Database.execute(
                "insert into backfill (id, schedule_id, tenant, from_at, to_at, per_minute, status, total, requested_by,"
                        + " created_at, next_at) values (?, ?, ?, now(), now(), 1, 'running', 1, 'alice', now(), now())",
                backfill,
                schedule,
                deployed.tenant());
        Database.execute(
                "insert into backfill_firing (backfill_id, nominal_at, schedule_id, outcome, run_id, fired_at)"
                        + " values (?, ?::timestamptz, ?, 'ran', gen_random_uuid(), now())",
                backfill,
                now.minus(Duration.ofHours(5)).toString(),
                schedule);

        List<Firing> found = list(null, null, 100).items();

        assertThat(found).hasSize(32);
        assertThat(found)
                .filteredOn(firing -> firing.nominalAt().equals(now.minus(Duration.ofHours(5))))
                .extracting(Firing::backfillId)
                .containsExactly(backfill, null);
        assertThat(list(null, now.minus(Duration.ofHours(5)) + "_" + backfill, 100)
                        .items())
                .hasSize(26);
        Database.execute("delete from backfill");
    }

    @Test
    void othersTenantsSeeNothing() {
        assertThat(reads.list("other", schedule, new FiringReads.Wanted(null, null, null, null, 10))
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> list(null, "what", 10)).isInstanceOf(ProblemException.class);
    }

    @Test
    void oldDaysAreDroppedAndStraysFiled() {
        Database.execute(
                "insert into firing (schedule_id, nominal_at, outcome, fired_at) values (?, now() - interval '90 days',"
                        + " 'missed', now()), (?, now() + interval '20 days', 'missed', now())",
                schedule,
                schedule);
        Database.execute("call make_firing_partition((now() at time zone 'UTC')::date + 20)");
        Database.execute("call make_firing_partition((now() at time zone 'UTC')::date - 40)");

        partitions.tidy();

        assertThat(Database.count("select count(*) from firing where schedule_id = ?", schedule))
                .isEqualTo(32);
        assertThat(Database.has("select 1 from pg_class where relname = 'firing_' ||"
                        + " to_char((now() at time zone 'UTC')::date - 40, 'YYYYMMDD')"))
                .isFalse();
    }
}
