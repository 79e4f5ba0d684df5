package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunSummary;
import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.DatedRuns;
import io.sluice.run.testsupport.Partitions;
import io.sluice.run.testsupport.QueuedRuns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RetentionTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-10");
    private static final int WEEK = 7;
    private static final Function<String, OptionalLong> NO_LIMIT = tenant -> OptionalLong.empty();

    private final Database database = Database.fresh();
    private final Jdbi jdbi = database.jdbi();
    private final Partitions tables = new Partitions(jdbi);
    private final PartitionStore partitions = new PartitionStore(jdbi);
    private final RunReads reads = new RunReads(jdbi);
    private final QueuedRuns runs = QueuedRuns.in(jdbi);
    private final DatedRuns weekly = new DatedRuns(runs, WEEK);

    @AfterEach
    void close() {
        tables.drop();
        database.close();
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    private void make(LocalDate day) {
        partitions.make(List.of(WEEK), noon(day));
    }

    private void assertStored(UUID run, String table) {
        assertThat(tables.ofRun(run)).containsExactly("run" + table);
        assertThat(tables.ofSteps(run)).containsExactly("run_step" + table);
        assertThat(reads.find(runs.tenant(), run).orElseThrow().steps()).hasSize(1);
    }

    private List<UUID> listed() {
        RunReads.Filter all = new RunReads.Filter(null, null, null, null, null, 50);
        return reads.list(runs.tenant(), runs.integrationId(), all).stream()
                .map(RunSummary::id)
                .toList();
    }

    @Test
    void oldPartitionsAreDroppedWithTheirSteps() {
        make(DAY);
        UUID old = weekly.ended(DAY);
        UUID young = weekly.ended(DAY.plusDays(1));

        assertThat(partitions.tidy(noon(DAY.plusDays(WEEK + 1)), NO_LIMIT)).isZero();
        assertThat(partitions.tidy(noon(DAY.plusDays(WEEK + 2)), NO_LIMIT)).isOne();

        assertThat(reads.find(runs.tenant(), old)).isEmpty();
        assertThat(tables.ofSteps(old)).isEmpty();
        assertStored(young, "_r7_20260311");
        assertThat(tables.tables("run_step_r7_20260310")).isEmpty();
    }

    @Test
    void oldPartitionWithAnOpenRunIsKept() {
        make(DAY);
        UUID ended = weekly.ended(DAY);
        weekly.open(DAY);

        partitions.tidy(noon(DAY.plusDays(60)), NO_LIMIT);

        assertThat(tables.days()).containsExactly("run_r7_20260310");
        assertStored(ended, "_r7_20260310");
    }

    @Test
    void historyThatIsOlderThanThePartitionsGoesToo() {
        UUID old = weekly.ended(DAY.minusDays(20));
        UUID young = weekly.ended(DAY.minusDays(2));
        UUID forgotten = new DatedRuns(runs, 3).ended(DAY.minusDays(20));

        make(DAY);
        partitions.tidy(noon(DAY), NO_LIMIT);

        assertThat(reads.find(runs.tenant(), old)).isEmpty();
        assertThat(reads.find(runs.tenant(), forgotten)).isEmpty();
        assertStored(young, "_r7_20260308");
    }

    @Test
    void runsOverTheTenantsCountAreHiddenAtOnce() {
        make(DAY);
        List<UUID> added = List.of(weekly.ended(DAY), weekly.ended(DAY), weekly.ended(DAY), weekly.ended(DAY));
        QueuedRuns others = runs.ofAnotherTenant();
        UUID other = new DatedRuns(others, WEEK).ended(DAY);

        partitions.tidy(noon(DAY), tenant -> tenant.equals(runs.tenant()) ? OptionalLong.of(2) : OptionalLong.empty());

        assertThat(listed()).containsExactly(added.get(3), added.get(2));
        assertThat(reads.find(runs.tenant(), added.get(1))).isEmpty();
        assertThat(reads.find(others.tenant(), other)).map(Run::id).contains(other);
    }

    @Test
    void partitionGoesWhenAllOfItIsOverTheCount() {
        make(DAY);
        weekly.ended(DAY);
        weekly.ended(DAY.plusDays(1));
        List<UUID> kept = List.of(weekly.ended(DAY.plusDays(1)), weekly.ended(DAY.plusDays(2)));

        int dropped = partitions.tidy(noon(DAY.plusDays(3)), tenant -> OptionalLong.of(2));

        assertThat(dropped).isOne();
        assertThat(tables.days()).containsExactly("run_r7_20260311", "run_r7_20260312", "run_r7_20260313");
        assertThat(listed()).containsExactly(kept.get(1), kept.get(0));
    }

    @Test
    void droppingGivesWayToAReader() throws Exception {
        make(DAY);
        UUID run = weekly.ended(DAY);
        Instant later = noon(DAY.plusDays(60));

        List<String> steps = jdbi.inTransaction(reader -> {
            reader.execute("select count(*) from run");
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Integer> tidied = threads.submit(() -> partitions.tidy(later, NO_LIMIT));
                Awaitility.await().until(() -> tidied.isDone() || isWaiting());
                List<String> found = reader.createQuery("select visit from run_step where run_id = :id")
                        .bind("id", run)
                        .mapTo(String.class)
                        .list();
                assertThat(tidied.get()).isZero();
                return found;
            }
        });

        assertThat(steps).containsExactly("/a");
        assertThat(partitions.tidy(later, NO_LIMIT)).isEqualTo(4);
        assertThat(reads.find(runs.tenant(), run)).isEmpty();
    }

    private boolean isWaiting() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select exists (select 1 from pg_stat_activity
                                        where datname = current_database() and wait_event_type = 'Lock')
                        """).mapTo(Boolean.class).one());
    }
}
