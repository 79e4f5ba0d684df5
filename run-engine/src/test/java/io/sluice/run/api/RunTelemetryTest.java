package io.sluice.run.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import io.sluice.contract.run.RunError;
import io.sluice.run.executor.RunObserver;
import io.sluice.run.expression.Json;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.testsupport.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTelemetryTest {

    private static final UUID RUN = UUID.fromString("018f3a50-0000-7000-8000-000000000001");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RunTelemetry telemetry = new RunTelemetry(meters, sdk);

    @AfterEach
    void close() {
        sdk.close();
    }

    private static ClaimedRun run() {
        return new ClaimedRun(
                RUN,
                "acme",
                UUID.randomUUID(),
                1,
                1,
                "library/webhook-to-http:1.0.0",
                "digest",
                Json.parse("{}"),
                null,
                Instant.parse("2026-11-24T05:55:00Z"),
                RUN,
                false,
                null,
                30);
    }

    private static HttpAnswer answered(HttpCall call) {
        return new HttpAnswer(
                204,
                Map.of(),
                new byte[0],
                new HttpRequestLog(call.method(), call.url(), Map.of(), null, 0),
                new HttpResponseLog(204, Map.of(), null, 0));
    }

    private SpanData span(String name) {
        return spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void callIsPartOfItsStepAndStepOfItsRunAndTheTargetIsToldOfTheTrace() {
        AtomicReference<HttpCall> sent = new AtomicReference<>();
        TracedHttp http = new TracedHttp(
                call -> {
                    sent.set(call);
                    return answered(call);
                },
                meters,
                sdk);

        try (RunObserver.Attempted attempt = telemetry.begins(run())) {
            try (RunObserver.Acting step = attempt.acts("deliver", "/do/0/deliver")) {
                http.send(new HttpCall(
                        "POST",
                        "https://shop.example/orders?key=secret",
                        Map.of(),
                        null,
                        Optional.empty(),
                        Duration.ofSeconds(1)));
                attempt.logged(Steps.succeeded("/deliver"));
                assertThat(step).isNotNull();
            }
            attempt.ended(new RunEnd.Succeeded(null), Duration.ofMillis(5));
        }

        SpanData run = span("run library/webhook-to-http");
        SpanData step = span("step deliver");
        SpanData call = span("POST");
        assertThat(step.getParentSpanId()).isEqualTo(run.getSpanId());
        assertThat(call.getParentSpanId()).isEqualTo(step.getSpanId());
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(call.getAttributes().asMap().toString())
                .contains("shop.example")
                .doesNotContain("secret");
        assertThat(Objects.requireNonNull(sent.get()).headers().get("traceparent"))
                .isEqualTo("00-" + run.getTraceId() + "-" + call.getSpanId() + "-01");
    }

    @Test
    void attemptsStepsCallsAndLimitsAreCounted() {
        try (RunObserver.Attempted attempt = telemetry.begins(run())) {
            attempt.logged(Steps.succeeded("/deliver"));
            attempt.ended(
                    new RunEnd.Failed(new RunError("limit", 500, "The run holds more data than it may", null, "/do/0")),
                    Duration.ofMillis(5));
        }

        assertThat(meters.get("sluice.steps")
                        .tags("kind", "call", "status", "succeeded")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("sluice.runs")
                        .tags("template", "library/webhook-to-http", "outcome", "failed")
                        .timer()
                        .count())
                .isOne();
        assertThat(meters.get("sluice.limits.reached")
                        .tag("limit", "limit")
                        .counter()
                        .count())
                .isOne();
    }
}
