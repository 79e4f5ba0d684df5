package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallPartitionsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    private final Jdbi jdbi = Workbench.ownDatabase();

    private CallPartitions on(LocalDate day) {
        Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        return new CallPartitions(jdbi, Workbench.retention("days", "7"), () -> noon);
    }

    private UUID call(LocalDate keepUntil) {
        UUID id = UUID.randomUUID();
        jdbi.useHandle(handle -> handle.execute("""
                        insert into accepted_call (id, keep_until, tenant, integration_id, received_at, status, method, query,
                                                   headers, body, run_ids, previous_url)
                        values (?, ?, 't', gen_random_uuid(), now(), 202, 'POST', '', '{}', 'body', '{}', false)
                        """, id, keepUntil));
        return id;
    }

    private List<String> tableOf(UUID call) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select tableoid::regclass::text from accepted_call where id = :id")
                        .bind("id", call)
                        .mapTo(String.class)
                        .list());
    }

    private List<String> partitions() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        select inhrelid::regclass::text from pg_inherits
                         where inhparent = 'accepted_call'::regclass order by 1
                        """).mapTo(String.class).list());
    }

    @Test
    void daysAheadAreMadeAndPastOnesDropped() {
        on(TODAY).look();
        assertThat(partitions())
                .containsExactly(
                        "accepted_call_20260318",
                        "accepted_call_20260319",
                        "accepted_call_20260320",
                        "accepted_call_20260321",
                        "accepted_call_rest");
        UUID last = call(TODAY.plusDays(8));

        on(TODAY.plusDays(8)).look();
        assertThat(tableOf(last)).containsExactly("accepted_call_20260318");
        on(TODAY.plusDays(9)).look();

        assertThat(tableOf(last)).isEmpty();
        assertThat(partitions()).doesNotContain("accepted_call_20260318").contains("accepted_call_20260319");
    }

    @Test
    void callThatCameBeforeItsPartitionMovesIntoIt() {
        UUID stray = call(TODAY.plusDays(8));
        UUID ofAnotherClass = call(TODAY.plusDays(40));
        assertThat(tableOf(stray)).containsExactly("accepted_call_rest");

        on(TODAY).look();

        assertThat(tableOf(stray)).containsExactly("accepted_call_20260318");
        assertThat(tableOf(ofAnotherClass)).containsExactly("accepted_call_20260419");
        assertThat(partitions()).contains("accepted_call_20260319", "accepted_call_20260320", "accepted_call_20260321");
    }

    @Test
    void callsOfADayThatNeverHadAPartitionAreForgottenAfterIt() {
        UUID kept = call(TODAY);
        UUID old = call(TODAY.minusDays(1));

        on(TODAY).look();

        assertThat(tableOf(old)).isEmpty();
        assertThat(tableOf(kept)).containsExactly("accepted_call_20260310");
    }

    @Test
    void dayThatCannotBeMadeOrDroppedKeepsNoOtherFromIt() {
        on(TODAY.minusDays(20)).look();
        jdbi.useHandle(handle -> {
            handle.execute("create view kept as select * from accepted_call_20260226");
            handle.execute("create type accepted_call_20260318 as enum ()");
        });

        on(TODAY).look();

        assertThat(partitions())
                .containsExactly(
                        "accepted_call_20260226",
                        "accepted_call_20260319",
                        "accepted_call_20260320",
                        "accepted_call_20260321",
                        "accepted_call_rest");
    }

    @Test
    void partitionIsMadeWhileCallsAreBeingStored() {
        on(TODAY).look();

        try (Handle storing = jdbi.open()) {
            storing.begin();
            storing.execute("lock table only accepted_call in row exclusive mode");
            storing.execute("lock table accepted_call_20260321 in row exclusive mode");
            on(TODAY.plusDays(1)).look();
            storing.rollback();
        }

        assertThat(partitions()).contains("accepted_call_20260322");
    }

    @Test
    void longReaderKeepsNobodyFromStoringAndThePartitionsAreMadeAfterIt() {
        on(TODAY).look();

        CompletableFuture<Void> looking;
        try (Handle reading = jdbi.open()) {
            reading.begin();
            reading.execute("select count(*) from accepted_call");
            looking = CompletableFuture.runAsync(() -> on(TODAY.plusDays(9)).look());
            await().until(() -> jdbi.withHandle(
                    handle -> handle.createQuery("""
                            select exists (select 1 from pg_locks where not granted
                                and database = (select oid from pg_database where datname = current_database()))
                            """).mapTo(Boolean.class).one()));

            assertThat(tableOf(call(TODAY.plusDays(8)))).containsExactly("accepted_call_20260318");
            reading.rollback();
        }
        looking.join();

        assertThat(partitions()).contains("accepted_call_20260330");
    }
}
