package io.sluice.ingress.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.ingress.endpoint.Endpoint;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** How many calls of each outcome an endpoint's URLs get: counted in memory, added up in the database once a second. */
@Singleton
class Activity {

    private static final Logger LOG = Logger.getLogger(Activity.class);

    private static final String ADD = """
            insert into endpoint_activity (sha256, tenant, integration_id, accepted, duplicate, filtered, refused, handshake,
                                           captured, last_call_at)
            values (:sha256, :tenant, :integrationId, :accepted, :duplicate, :filtered, :refused, :handshake, :captured,
                    :lastCallAt::timestamptz)
            on conflict (sha256) do update
               set accepted = endpoint_activity.accepted + excluded.accepted,
                   duplicate = endpoint_activity.duplicate + excluded.duplicate,
                   filtered = endpoint_activity.filtered + excluded.filtered,
                   refused = endpoint_activity.refused + excluded.refused,
                   handshake = endpoint_activity.handshake + excluded.handshake,
                   captured = endpoint_activity.captured + excluded.captured,
                   last_call_at = greatest(endpoint_activity.last_call_at, excluded.last_call_at)
            """;

    private final Jdbi jdbi;
    private final Map<CallOutcome, Counter> counters = new EnumMap<>(CallOutcome.class);
    private final ConcurrentHashMap<String, Counts> counted = new ConcurrentHashMap<>();

    Activity(Jdbi jdbi, MeterRegistry meters) {
        this.jdbi = jdbi;
        for (CallOutcome outcome : CallOutcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("sluice.webhook.calls")
                            .description("Calls at URLs that lead somewhere")
                            .tag("outcome", outcome.wireName())
                            .register(meters));
        }
    }

    private record Counts(
            Endpoint.Open endpoint, long[] calls, @Nullable Instant last) {

        Counts plus(CallOutcome outcome, Instant at) {
            long[] sum = calls.clone();
            sum[outcome.ordinal()]++;
            // Its sender is alive, whatever became of the call.
            boolean isVerified = outcome != CallOutcome.REFUSED && outcome != CallOutcome.HANDSHAKE;
            return new Counts(endpoint, sum, isVerified ? at : last);
        }

        Counts plus(Counts later) {
            long[] sum = calls.clone();
            Arrays.setAll(sum, i -> sum[i] + later.calls[i]);
            return new Counts(later.endpoint, sum, later.last == null ? last : later.last);
        }
    }

    void count(Endpoint.Open endpoint, CallOutcome outcome, Instant at) {
        java.util.Objects.requireNonNull(counters.get(outcome)).increment();
        counted.compute(
                endpoint.url().sha256(),
                (key, before) -> (before == null
                                ? new Counts(endpoint, new long[CallOutcome.values().length], null)
                                : before)
                        .plus(outcome, at));
    }

    @PreDestroy
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void flush() {
        List<Counts> taken = new ArrayList<>();
        for (String key : counted.keySet()) {
            Counts counts = counted.remove(key);
            if (counts != null) {
                taken.add(counts);
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        // One order for all replicas: no deadlock between them.
        taken.sort(Comparator.comparing(counts -> counts.endpoint().url().sha256()));
        try {
            jdbi.useTransaction(handle -> {
                PreparedBatch batch = handle.prepareBatch(ADD);
                taken.forEach(counts -> bind(batch, counts));
                batch.execute();
            });
        } catch (RuntimeException | AssertionError e) {
            // The latter is the driver's, when a connection breaks in the middle of a batch.
            LOG.debugf("counts of calls could not be written yet: %s", e.getMessage());
            taken.forEach(counts ->
                    counted.merge(counts.endpoint().url().sha256(), counts, (now, before) -> before.plus(now)));
        }
    }

    private static void bind(PreparedBatch batch, Counts counts) {
        batch.bind("sha256", counts.endpoint().url().sha256())
                .bind("tenant", counts.endpoint().tenant())
                .bind("integrationId", counts.endpoint().integrationId());
        for (CallOutcome outcome : CallOutcome.values()) {
            batch.bind(outcome.wireName(), counts.calls()[outcome.ordinal()]);
        }
        batch.bind("lastCallAt", counts.last() == null ? null : Timestamp.from(counts.last()))
                .add();
    }
}
