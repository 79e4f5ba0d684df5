package io.sluice.ingress.intake;

import io.quarkus.scheduler.Scheduled;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.run.executor.DatabaseAway;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The newest calls of each endpoint that started nothing, written once a second. Of more than can be kept the oldest are
 * dropped, in memory before they are written: a flood of refused calls costs neither disk nor the others' time.
 */
@Singleton
class CallRing {

    private static final Logger LOG = Logger.getLogger(CallRing.class);
    private static final int KEPT = 100;
    private static final long MOST_BYTES = 32L * 1024 * 1024;

    private static final String TRIM = """
            delete from other_call
             where id in (
                select id from (
                    select id, row_number() over (partition by integration_id, outcome order by id desc) as place
                      from other_call where integration_id = any(:integrations::uuid[])) r
                 where place > :kept)
            """;

    private final Jdbi jdbi;
    private Map<Place, Deque<OtherCallRow>> waiting = new HashMap<>();
    private long bytes;

    private record Place(UUID integration, CallOutcome outcome) {}

    CallRing(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    synchronized void add(OtherCallRow row) {
        Deque<OtherCallRow> ring = waiting.computeIfAbsent(
                new Place(row.call().integrationId(), row.verdict().outcome()), place -> new ArrayDeque<>());
        if (bytes + row.call().bytes() > MOST_BYTES) {
            return;
        }
        ring.addLast(row);
        bytes += row.call().bytes();
        if (ring.size() > KEPT) {
            bytes -= ring.removeFirst().call().bytes();
        }
    }

    private synchronized List<OtherCallRow> taken() {
        List<OtherCallRow> rows = new ArrayList<>();
        waiting.values().forEach(rows::addAll);
        waiting = new HashMap<>();
        bytes = 0;
        return rows;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void flush() {
        List<OtherCallRow> rows = taken();
        if (rows.isEmpty()) {
            return;
        }
        try {
            write(rows);
        } catch (RuntimeException | AssertionError e) {
            // The latter is the driver's, when a connection breaks in the middle of a batch.
            if (DatabaseAway.is(e) || e instanceof AssertionError) {
                LOG.debugf("calls that started nothing could not be written yet: %s", e.getMessage());
                putBack(rows);
            } else {
                LOG.debugf("calls that started nothing are written one by one: %s", e.getMessage());
                rows.forEach(this::tried);
            }
        }
    }

    private void write(List<OtherCallRow> rows) {
        jdbi.useTransaction(handle -> {
            OtherCallRow.insertAll(handle, rows);
            trim(handle, rows);
        });
    }

    /** One that the database refuses must not hold up the others. */
    private void tried(OtherCallRow row) {
        try {
            write(List.of(row));
        } catch (RuntimeException | AssertionError e) {
            LOG.warnf(
                    "a %s call of integration %s is not kept: %s",
                    row.verdict().outcome(), row.call().integrationId(), e.getMessage());
        }
    }

    /** Older than what came meanwhile. */
    private synchronized void putBack(List<OtherCallRow> rows) {
        for (OtherCallRow row : rows.reversed()) {
            Deque<OtherCallRow> ring = waiting.computeIfAbsent(
                    new Place(row.call().integrationId(), row.verdict().outcome()), place -> new ArrayDeque<>());
            if (ring.size() < KEPT && bytes + row.call().bytes() <= MOST_BYTES) {
                ring.addFirst(row);
                bytes += row.call().bytes();
            }
        }
    }

    /** One replica at a time, and none waits for another: whoever comes next trims what is left. */
    private static void trim(Handle handle, List<OtherCallRow> rows) {
        if (handle.createQuery("select pg_try_advisory_xact_lock(hashtext('sluice.other_call'))")
                .mapTo(Boolean.class)
                .one()) {
            handle.createUpdate(TRIM)
                    .bindArray(
                            "integrations",
                            String.class,
                            rows.stream()
                                    .map(row -> row.call().integrationId().toString())
                                    .distinct()
                                    .toArray())
                    .bind("kept", KEPT)
                    .execute();
        }
    }
}
