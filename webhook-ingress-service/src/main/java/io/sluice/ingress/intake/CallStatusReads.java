package io.sluice.ingress.intake;

import io.sluice.contract.webhook.CallStatus;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.run.api.RetentionConfig;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import io.sluice.run.store.RunOutcomes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * How runs go, for those who started them by a call: the status alone, and of the URL's own integration alone. A few at
 * once, since callers ask as often as they like.
 */
@Singleton
class CallStatusReads {

    /** Clocks of replicas differ. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final RunOutcomes reads;
    private final RetentionConfig retention;
    private final InstantSource clock;
    private final Semaphore free;

    CallStatusReads(RunOutcomes reads, RetentionConfig retention, InstantSource clock, IntakeConfig config) {
        this.reads = reads;
        this.retention = retention;
        this.clock = clock;
        this.free = new Semaphore(config.statusReads());
    }

    /** Fails with {@link RejectedExecutionException} when enough are on their way, and as the database does. */
    CompletionStage<Optional<CallStatus>> of(Endpoint endpoint, String runId) {
        if (!(endpoint instanceof Endpoint.Open open) || !runId.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        UUID id = UUID.fromString(runId);
        if (!mayBeKept(id, clock.instant(), retention.daysOf(open.tenant()))) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        if (!free.tryAcquire()) {
            return CompletableFuture.failedFuture(new RejectedExecutionException("too many ask how runs go"));
        }
        CompletableFuture<Optional<CallStatus>> found = new CompletableFuture<>();
        Thread.ofVirtual().name("intake-status").start(() -> {
            try {
                Optional<CallStatus> status =
                        reads.status(open.tenant(), open.integrationId(), id).map(known -> new CallStatus(id, known));
                free.release();
                found.complete(status);
            } catch (RuntimeException | Error e) {
                free.release();
                found.completeExceptionally(e);
            }
        });
        return found;
    }

    /** By its day. A run is kept from its end on, so twice as long as runs are kept is waited for one that began late. */
    static boolean mayBeKept(UUID runId, Instant now, int days) {
        if (RunIds.ownerOf(runId).filter(RunOwner.INGRESS::equals).isEmpty()) {
            return false;
        }
        Instant made = Instant.ofEpochMilli(runId.getMostSignificantBits() >>> 16);
        return made.isAfter(now.minus(Duration.ofDays(2L * days + 1))) && made.isBefore(now.plus(AHEAD));
    }
}
