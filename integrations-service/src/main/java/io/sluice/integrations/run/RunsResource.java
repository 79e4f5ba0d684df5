package io.sluice.integrations.run;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.BulkReplays;
import io.sluice.contract.run.KeyReleased;
import io.sluice.contract.run.ParkedKeys;
import io.sluice.contract.run.ReleaseKey;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.ReplayRuns;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunPage;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.RunsApi;
import io.sluice.contract.run.ServiceState;
import io.sluice.contract.run.SetState;
import io.sluice.contract.run.StartRun;
import io.sluice.contract.run.States;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.security.CurrentCaller;
import io.sluice.integrations.security.ETags;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@RolesAllowed("viewer")
@RunOnVirtualThread
public class RunsResource implements RunsApi {

    private static final List<String> STATUSES = List.of("queued", "running", "succeeded", "failed", "cancelled");
    private static final List<String> TRIGGERS = List.of("webhook", "schedule", "manual", "replay");

    private final RunHistory history;
    private final RunCommands commands;
    private final IntegrationService integrations;
    private final More more;
    private final CurrentCaller caller;

    /** What can be done with runs besides reading and starting them. */
    @Singleton
    record More(RunWatch watch, FlowStates states, RunReplays replays) {}

    public RunsResource(
            RunHistory history,
            RunCommands commands,
            IntegrationService integrations,
            More more,
            CurrentCaller caller) {
        this.history = history;
        this.commands = commands;
        this.integrations = integrations;
        this.more = more;
        this.caller = caller;
    }

    @Override
    @RolesAllowed("editor")
    public Response start(UUID integrationId, @Nullable StartRun request) {
        return accepted(commands.start(caller.get(), integrationId, request == null ? new StartRun(null) : request));
    }

    @Override
    public RunPage list(
            UUID integrationId,
            @Nullable String status,
            @Nullable String trigger,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor,
            @Nullable Integer limit) {
        String tenant = caller.get().tenant();
        integrations.get(tenant, integrationId);
        oneOf("status", status, STATUSES);
        oneOf("trigger", trigger, TRIGGERS);
        instant("from", from);
        instant("to", to);
        int size = Math.clamp(limit == null ? 50 : limit, 1, 200);
        return history.list(
                tenant, integrationId, new RunHistory.Query(status, trigger, from, to, cursor(cursor), size));
    }

    @Override
    public Run get(UUID runId, @Nullable Long after) {
        return history.get(caller.get().tenant(), runId, after == null ? 0 : after);
    }

    @Override
    @RolesAllowed("editor")
    public Response cancel(UUID runId) {
        commands.cancel(caller.get(), runId);
        return Response.accepted().build();
    }

    @Override
    @RolesAllowed("editor")
    public Response replay(UUID runId, @Nullable ReplayRun request) {
        return accepted(commands.replay(caller.get(), runId, request == null ? new ReplayRun(null, null) : request));
    }

    @Override
    public void watch(UUID runId, @Nullable String lastEventId, SseEventSink events, Sse sse) {
        String tenant = caller.get().tenant();
        long after = lastEventId != null && lastEventId.matches("\\d{1,18}") ? Long.parseLong(lastEventId) : 0;
        RunWatch.Begun begun = more.watch().begin(tenant, runId, after);
        // Only now: to close it sends a 200, and a refusal could not be told any more.
        try (events) {
            more.watch().follow(begun, new RunWatch.Watcher(events, sse));
        }
    }

    @Override
    public States states(UUID integrationId) {
        return more.states().all(caller.get().tenant(), integrationId);
    }

    @Override
    public Response state(UUID integrationId, String service) {
        return tagged(more.states().get(caller.get().tenant(), integrationId, service));
    }

    @Override
    @RolesAllowed("editor")
    public Response setState(UUID integrationId, String service, @Nullable String ifMatch, SetState request) {
        return tagged(more.states().set(caller.get(), integrationId, service, ETags.required(ifMatch), request));
    }

    private static Response tagged(ServiceState state) {
        return Response.ok(state).header("ETag", ETags.of(state.version())).build();
    }

    @Override
    public ParkedKeys parkedKeys(UUID integrationId) {
        return more.replays().parked(caller.get().tenant(), integrationId);
    }

    @Override
    @RolesAllowed("editor")
    public KeyReleased releaseKey(UUID integrationId, ReleaseKey request) {
        return more.replays().release(caller.get(), integrationId, request);
    }

    @Override
    public ReplayPreview previewReplay(UUID integrationId, ReplayRuns request) {
        return more.replays().preview(caller.get().tenant(), integrationId, request);
    }

    @Override
    @RolesAllowed("editor")
    public Response replayMany(UUID integrationId, ReplayRuns request) {
        return Response.accepted(more.replays().begin(caller.get(), integrationId, request))
                .build();
    }

    @Override
    public BulkReplays replays(UUID integrationId) {
        return more.replays().list(caller.get().tenant(), integrationId);
    }

    @Override
    @RolesAllowed("editor")
    public BulkReplay stopReplay(UUID replayId) {
        return more.replays().stop(caller.get().tenant(), replayId);
    }

    private static Response accepted(RunStarted started) {
        return Response.accepted(started)
                .location(URI.create("/api/v1/runs/" + started.runId()))
                .build();
    }

    private static void oneOf(String name, @Nullable String value, List<String> known) {
        if (value != null && !value.isEmpty() && !known.contains(value)) {
            throw ProblemException.field("?" + name, "one of " + String.join(", ", known));
        }
    }

    private static void instant(String name, @Nullable String value) {
        try {
            if (value != null && !value.isEmpty()) {
                Instant.parse(value);
            }
        } catch (DateTimeParseException e) {
            throw ProblemException.field("?" + name, "an instant, such as 2026-11-24T05:55:00Z");
        }
    }

    private static @Nullable UUID cursor(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?cursor", "pass nextCursor of the page before, unchanged");
        }
    }
}
