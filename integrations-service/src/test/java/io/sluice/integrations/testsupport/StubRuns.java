package io.sluice.integrations.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.contract.run.InternalRunPage;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.RunSummary;
import io.sluice.contract.run.Step;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Runs that the ingress stub tells of. */
public final class StubRuns {

    public static final Instant BEGUN = Instant.parse("2026-11-24T05:00:00Z");

    private static final RunError REFUSED =
            new RunError("http-status", 503, "The target answered 503", "Try later", "/do/1/deliver");

    private StubRuns() {}

    public static UUID id(RunOwner owner) {
        return new RunIds(owner, InstantSource.system(), new Random()).next();
    }

    /** Took ten seconds: one to map, then the delivery that failed. */
    public static Run failed(Made made) {
        return run(made, RunStatus.FAILED, List.of(mapped(), delivered("failed", 503, "<h1>Busy</h1>", REFUSED)));
    }

    public static Run succeeded(Made made) {
        return run(
                made, RunStatus.SUCCEEDED, List.of(mapped(), delivered("succeeded", 200, "{\"stored\":true}", null)));
    }

    public static Run running(Made made) {
        return run(made, RunStatus.RUNNING, List.of(mapped()));
    }

    /** Lets the stub know these, as rows of the list and each by itself. */
    public static void known(String before, Run... runs) {
        for (Run run : runs) {
            StubIngress.answers("/runs/" + run.id(), 200, Json.text(run));
        }
        List<RunSummary> rows = List.of(runs).stream().map(StubRuns::summary).toList();
        StubIngress.answers(
                "/runs", 200, Json.text(new InternalRunPage(rows, before.isEmpty() ? null : UUID.fromString(before))));
    }

    private static Run run(Made made, RunStatus status, List<Step> steps) {
        JsonNode event = Json.parse("{\"sku\":\"A-100\",\"stock\":[7]}");
        return new Run(
                id(RunOwner.INGRESS),
                UUID.fromString(made.id()),
                TriggerKind.WEBHOOK,
                status,
                1,
                BEGUN,
                BEGUN,
                status.isFinal() ? BEGUN.plusSeconds(10) : null,
                null,
                status == RunStatus.FAILED ? REFUSED : null,
                null,
                "library/webhook-to-http:1.0.0",
                event,
                null,
                null,
                null,
                null,
                steps);
    }

    private static Step mapped() {
        return new Step(
                1, "/do/0/map", "/do/0/map#1", "map", "set", "succeeded", 1, BEGUN, 1_000, null, null, null, null);
    }

    private static Step delivered(String status, int answer, String body, RunError error) {
        return new Step(
                2,
                "/do/1/deliver",
                "/do/1/deliver#1",
                "deliver",
                "call",
                status,
                1,
                BEGUN.plusSeconds(1),
                9_000,
                null,
                new HttpRequestLog(
                        "POST",
                        "https://shop.example.org/products?batch=1",
                        Map.of("Idempotency-Key", "key-1"),
                        "{\"sku\":\"A-100\",\"price\":1.10}",
                        318),
                new HttpResponseLog(answer, Map.of("Content-Type", "text/html"), body, body.length()),
                error);
    }

    private static RunSummary summary(Run run) {
        return new RunSummary(
                run.id(),
                run.integrationId(),
                run.trigger(),
                run.status(),
                run.attempt(),
                run.createdAt(),
                run.startedAt(),
                run.endedAt(),
                run.error(),
                run.requestedBy(),
                run.waitingFor());
    }
}
