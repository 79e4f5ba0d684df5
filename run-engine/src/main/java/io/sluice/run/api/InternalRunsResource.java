package io.sluice.run.api;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.FlowState;
import io.sluice.contract.run.InternalRunPage;
import io.sluice.contract.run.InternalRunsApi;
import io.sluice.contract.run.InternalStart;
import io.sluice.contract.run.KeyReleased;
import io.sluice.contract.run.LastRunFeed;
import io.sluice.contract.run.ParkedKey;
import io.sluice.contract.run.ReleaseKey;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.ReplayRuns;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunProgress;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.RunSummary;
import io.sluice.contract.run.SetState;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.store.LaneStore;
import io.sluice.run.store.RunReads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs API that both trigger services serve to integrations-service. */
@RolesAllowed("service")
@RunOnVirtualThread
public class InternalRunsResource implements InternalRunsApi {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(25);
    private static final Duration LOOK = Duration.ofMillis(150);

    private final RunService runs;
    private final RunReads reads;
    private final BulkReplays bulk;
    private final StateService states;
    private final LaneStore lanes;
    private final InstantSource clock;

    public InternalRunsResource(
            RunService runs,
            RunReads reads,
            BulkReplays bulk,
            StateService states,
            LaneStore lanes,
            InstantSource clock) {
        this.runs = runs;
        this.reads = reads;
        this.bulk = bulk;
        this.states = states;
        this.lanes = lanes;
        this.clock = clock;
    }

    @Override
    public RunStarted start(InternalStart request) {
        return runs.start(request);
    }

    @Override
    public InternalRunPage list(
            String tenant,
            UUID integrationId,
            @Nullable String status,
            @Nullable String trigger,
            @Nullable String from,
            @Nullable String to,
            @Nullable UUID before,
            int limit) {
        int size = Math.clamp(limit == 0 ? 50 : limit, 1, 200);
        RunReads.Filter filter = new RunReads.Filter(
                read("status", status, RunStatus::of),
                read("trigger", trigger, TriggerKind::of),
                read("from", from, Instant::parse),
                read("to", to, Instant::parse),
                before,
                size + 1);
        List<RunSummary> found = reads.list(tenant, integrationId, filter);
        if (found.size() <= size) {
            return new InternalRunPage(found, null);
        }
        List<RunSummary> page = found.subList(0, size);
        return new InternalRunPage(page, page.getLast().id());
    }

    @Override
    public Run get(UUID runId, String tenant, long after) {
        return reads.find(tenant, runId, after).orElseThrow(InternalRunsResource::none);
    }

    @Override
    public void cancel(UUID runId, String tenant, String requestedBy) {
        runs.cancel(tenant, runId);
    }

    @Override
    public RunStarted replay(UUID runId, String tenant, String requestedBy, ReplayRun request) {
        return runs.replay(tenant, runId, request, requestedBy);
    }

    @Override
    public RunProgress progress(
            UUID runId, String tenant, long after, @Nullable String knownStatus, @Nullable String wait) {
        return awaited(
                wait,
                () -> reads.progress(tenant, runId, after).orElseThrow(InternalRunsResource::none),
                progress -> !progress.steps().isEmpty()
                        || !progress.run().status().wireName().equals(knownStatus));
    }

    @Override
    public FlowState state(UUID integrationId, String tenant) {
        return states.get(tenant, integrationId);
    }

    @Override
    public FlowState setState(
            UUID integrationId, String tenant, String requestedBy, long expectedVersion, SetState request) {
        return states.set(tenant, integrationId, expectedVersion, request, requestedBy);
    }

    @Override
    public List<ParkedKey> parkedKeys(UUID integrationId, String tenant) {
        return lanes.parked(tenant, integrationId);
    }

    @Override
    public KeyReleased releaseKey(UUID integrationId, String tenant, String requestedBy, ReleaseKey request) {
        return runs.release(tenant, integrationId, request, requestedBy);
    }

    @Override
    public ReplayPreview previewReplay(UUID integrationId, String tenant, ReplayRuns request) {
        return bulk.preview(tenant, integrationId, request);
    }

    @Override
    public BulkReplay replayMany(UUID integrationId, String tenant, String requestedBy, ReplayRuns request) {
        return bulk.begin(tenant, integrationId, request, requestedBy);
    }

    @Override
    public List<BulkReplay> replays(UUID integrationId, String tenant) {
        return bulk.list(tenant, integrationId);
    }

    @Override
    public BulkReplay stopReplay(UUID replayId, String tenant) {
        return bulk.stop(tenant, replayId);
    }

    @Override
    public LastRunFeed lastRuns(long after, @Nullable String wait) {
        return awaited(wait, () -> reads.lastRuns(after), feed -> !feed.items().isEmpty());
    }

    /** Looks until there is something new, or the caller's time is over. */
    private <T> T awaited(@Nullable String wait, Supplier<T> look, Predicate<T> isNew) {
        Duration wanted = read("wait", wait, text -> Duration.parse("PT" + text));
        Duration longest = wanted == null ? Duration.ZERO : wanted;
        Instant until = clock.instant().plus(longest.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longest);
        T found = look.get();
        while (!isNew.test(found) && clock.instant().isBefore(until)) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = look.get();
        }
        return found;
    }

    private static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such run.");
    }

    private static <T> @Nullable T read(String name, @Nullable String text, Function<String, T> reader) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw ProblemException.field("?" + name, "“" + text + "” cannot be read");
        }
    }
}
