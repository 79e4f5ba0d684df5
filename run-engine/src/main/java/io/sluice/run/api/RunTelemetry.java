package io.sluice.run.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.sluice.contract.run.RunError;
import io.sluice.run.executor.RunObserver;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.StepRecord;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Metrics and traces of runs. Names of integrations and tenants stand in traces alone: as tags of metrics there would be
 * as many series as customers.
 */
@Singleton
public class RunTelemetry implements RunObserver {

    private final MeterRegistry meters;
    private final Tracer tracer;

    public RunTelemetry(MeterRegistry meters, OpenTelemetry telemetry) {
        this.meters = meters;
        this.tracer = telemetry.getTracer("io.sluice.run");
    }

    @Override
    public Attempted begins(ClaimedRun run) {
        Span span = tracer.spanBuilder("run " + name(run.template()))
                .setNoParent()
                .setAttribute("sluice.run.id", run.id().toString())
                .setAttribute("sluice.tenant", run.tenant())
                .setAttribute("sluice.integration.id", run.integrationId().toString())
                .setAttribute("sluice.template", run.template())
                .setAttribute("sluice.run.attempt", run.attempt())
                .startSpan();
        return new Attempt(name(run.template()), span);
    }

    private static String name(String template) {
        int version = template.indexOf(':');
        return version < 0 ? template : template.substring(0, version);
    }

    private final class Attempt implements Attempted {
        private final String template;
        private final Span span;
        private final Scope scope;

        @SuppressWarnings("MustBeClosedChecker") // closed with the attempt, on the same thread
        Attempt(String template, Span span) {
            this.template = template;
            this.span = span;
            this.scope = span.makeCurrent();
        }

        @Override
        @SuppressWarnings("MustBeClosedChecker") // closed with the record that says how it went, on the same thread
        public Acting acts(String name, String pointer) {
            Span step = tracer.spanBuilder("step " + name)
                    .setAttribute("sluice.step.pointer", pointer)
                    .startSpan();
            Scope current = step.makeCurrent();
            return () -> {
                current.close();
                step.end();
            };
        }

        @Override
        public void logged(StepRecord step) {
            Timer.builder("sluice.steps")
                    .description("Steps of runs, by kind of task and how they ended")
                    .tags("kind", step.kind(), "status", step.status())
                    .register(meters)
                    .record(step.duration());
            if (step.error() != null) {
                Span.current().setStatus(StatusCode.ERROR, step.error().title());
            }
        }

        @Override
        public void ended(RunEnd end, Duration took) {
            Tags tags = Tags.of("template", template, "outcome", outcome(end));
            Timer.builder("sluice.runs")
                    .description("Attempts of runs, by template and how they ended")
                    .tags(tags)
                    .register(meters)
                    .record(took);
            RunError error = error(end);
            if (error != null) {
                span.setStatus(StatusCode.ERROR, error.title());
                if (error.code().equals("limit") || error.code().equals("timeout")) {
                    Counter.builder("sluice.limits.reached")
                            .description("Runs that came to a limit of theirs")
                            .tag("limit", error.code())
                            .register(meters)
                            .increment();
                }
            }
        }

        @Override
        public void close() {
            scope.close();
            span.end();
        }
    }

    private static String outcome(RunEnd end) {
        return switch (end) {
            case RunEnd.Succeeded _ -> "succeeded";
            case RunEnd.Failed _ -> "failed";
            case RunEnd.Cancelled _ -> "cancelled";
            case RunEnd.Again _ -> "retried";
            case RunEnd.Parked _ -> "parked";
        };
    }

    private static @Nullable RunError error(RunEnd end) {
        return switch (end) {
            case RunEnd.Failed(var error) -> error;
            case RunEnd.Again(var pause, var error) -> error;
            case RunEnd.Succeeded _, RunEnd.Cancelled _, RunEnd.Parked _ -> null;
        };
    }
}
