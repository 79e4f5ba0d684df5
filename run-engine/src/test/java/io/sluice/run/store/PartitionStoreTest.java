package io.sluice.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.testsupport.Database;
import io.sluice.run.testsupport.DatedRuns;
import io.sluice.run.testsupport.Partitions;
import io.sluice.run.testsupport.QueuedRuns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PartitionStoreTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-10");
    private static final int WEEK = 7;

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

    @Test
    void partitionsAreMadeForTodayAndThreeDaysAhead() {
        partitions.make(List.of(WEEK, 90), noon(DAY));

        assertThat(tables.days())
                .containsExactly(
                        "run_r7_20260310",
                        "run_r7_20260311",
                        "run_r7_20260312",
                        "run_r7_20260313",
                        "run_r90_20260310",
                        "run_r90_20260311",
                        "run_r90_20260312",
                        "run_r90_20260313");
        assertThat(tables.tables("run_step_r[0-9]+_[0-9]{8}")).hasSize(8);
    }

    @Test
    void whatIsThereAlreadyStays() {
        make(DAY);
        UUID run = weekly.ended(DAY);

        make(DAY);
        make(DAY.plusDays(1));

        assertThat(tables.days()).hasSize(5).endsWith("run_r7_20260314");
        assertStored(run, "_r7_20260310");
    }

    @Test
    void rowThatCameBeforeItsPartitionMovesIntoIt() {
        UUID early = weekly.ended(DAY);
        assertStored(early, "_rest");

        make(DAY);

        assertStored(early, "_r7_20260310");
    }

    @Test
    void rowOfADayThatWasNotMadeInTimeMovesIntoIt() {
        make(DAY);
        UUID early = weekly.ended(DAY.plusDays(10));
        assertStored(early, "_r7_rest");

        make(DAY.plusDays(8));

        assertStored(early, "_r7_20260320");
    }

    @Test
    void rowsOfAnotherClassStayWhereTheyAre() {
        UUID other = new DatedRuns(runs, 90).ended(DAY);

        make(DAY);

        assertThat(reads.find(runs.tenant(), other).orElseThrow().steps()).hasSize(1);
        assertThat(tables.ofRun(other)).noneMatch(table -> table.startsWith("run_r7"));
    }

    @Test
    void twoReplicasMakePartitionsWhileRunsEnd() throws Exception {
        List<UUID> added = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                LocalDate day = DAY.plusDays(4L * round);
                List<Future<?>> both = List.of(threads.submit(() -> make(day)), threads.submit(() -> make(day)));
                for (int i = 0; i < 10; i++) {
                    added.add(weekly.ended(day));
                }
                for (Future<?> one : both) {
                    one.get();
                }
            }
        }

        assertThat(tables.days()).hasSize(40);
        assertThat(added)
                .hasSize(100)
                .allSatisfy(run ->
                        assertThat(tables.ofRun(run)).singleElement().asString().matches("run_r7_\\d{8}"));
    }
}
