package io.sluice.integrations.run;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.ReplayRun;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunPage;
import io.sluice.contract.run.RunStarted;
import io.sluice.contract.run.RunsApi;
import io.sluice.contract.run.StartRun;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.Response;
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
    private final CurrentCaller caller;

    public RunsResource(
            RunHistory history, RunCommands commands, IntegrationService integrations, CurrentCaller caller) {
        this.history = history;
        this.commands = commands;
        this.integrations = integrations;
        this.caller = caller;
    }

    @Override
    @RolesAllowed("editor")
    public Response start(UUID integrationId, @Nullable StartRun request) {
        return accepted(commands.start(caller.get(), integrationId, request == null ? null : request.event()));
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
    public Run get(UUID runId) {
        return history.get(caller.get().tenant(), runId);
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
        return accepted(commands.replay(caller.get(), runId, request == null ? null : request.event()));
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
