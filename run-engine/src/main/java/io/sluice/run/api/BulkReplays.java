package io.sluice.run.api;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.ReplayRuns;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.executor.Executor;
import io.sluice.run.flow.FlowException;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunIds;
import io.sluice.run.store.BulkReplayStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Replays of many runs at a rate: asked for once, carried on by whichever replica looks next. */
@ApplicationScoped
public class BulkReplays {

    private static final Logger LOG = Logger.getLogger(BulkReplays.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int PER_MINUTE = 60;
    private static final ReplayFilter ALL_FAILED = new ReplayFilter(null, null, null, null, null);

    private final BulkReplayStore store;
    private final RunService runs;
    private final RunIds ids;
    private final Executor executor;
    private volatile @Nullable Thread thread;

    public BulkReplays(BulkReplayStore store, RunService runs, RunIds ids, Executor executor) {
        this.store = store;
        this.runs = runs;
        this.ids = ids;
        this.executor = executor;
    }

    void start() {
        thread = Thread.ofVirtual().name("runs-bulk-replay").start(this::look);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
        }
    }

    ReplayPreview preview(String tenant, UUID integrationId, ReplayRuns request) {
        return store.preview(tenant, integrationId, filter(request));
    }

    BulkReplay begin(String tenant, UUID integrationId, ReplayRuns request, String by) {
        runs.requireDeployed(tenant, integrationId);
        return store.begin(new BulkReplayStore.Wanted(
                        ids.next(),
                        tenant,
                        integrationId,
                        filter(request),
                        request.fromFailure(),
                        request.perMinute() == null ? PER_MINUTE : request.perMinute(),
                        by))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.RUN_STATE,
                        "Runs of this integration are being replayed already. Stop that, or let it end."));
    }

    List<BulkReplay> list(String tenant, UUID integrationId) {
        return store.list(tenant, integrationId);
    }

    /** @throws ProblemException when there is none of the tenant */
    BulkReplay stop(String tenant, UUID id) {
        return store.stop(tenant, id)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such replay."));
    }

    private static ReplayFilter filter(ReplayRuns request) {
        ReplayFilter filter = Objects.requireNonNullElse(request.filter(), ALL_FAILED);
        if (filter.status() == RunStatus.QUEUED || filter.status() == RunStatus.RUNNING) {
            throw ProblemException.field("/filter/status", "succeeded, failed or cancelled: only what has ended");
        }
        return filter;
    }

    private void look() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Optional<Integer> started = store.step(this::repeated);
                if (started.orElse(0) > 0) {
                    executor.wake();
                }
                if (started.isEmpty()) {
                    Thread.sleep(LOOK);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warnf("a replay could not go on, trying again: %s", e.getMessage());
                postponed();
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }

    /** One that cannot go on now must not keep those behind it from theirs. */
    private void postponed() {
        try {
            store.postpone();
        } catch (RuntimeException e) {
            LOG.debugf("nor could it be put off: %s", e.getMessage());
        }
    }

    /** A run that can never be repeated (it is gone, or its flow is not understood any more) is left out. */
    private Optional<NewRun> repeated(BulkReplay bulk, String tenant, UUID runId) {
        try {
            return Optional.of(runs.repeated(tenant, runId, bulk.fromFailure(), bulk.requestedBy()));
        } catch (ProblemException e) {
            if (e.type() == ProblemType.UNAVAILABLE) {
                throw e;
            }
            return Optional.empty();
        } catch (FlowException e) {
            return Optional.empty();
        }
    }
}
