package io.sluice.run.api;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.http.HttpSender;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Measures and traces each call, and passes the trace on to the target ({@code traceparent}). */
final class TracedHttp implements HttpSender {

    private final HttpSender sender;
    private final MeterRegistry meters;
    private final Tracer tracer;
    private final TextMapPropagator propagator;

    TracedHttp(HttpSender sender, MeterRegistry meters, OpenTelemetry telemetry) {
        this.sender = sender;
        this.meters = meters;
        this.tracer = telemetry.getTracer("io.sluice.run.http");
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
    }

    @Override
    public HttpAnswer send(HttpCall call) {
        // Neither path nor query: they may hold what is nobody's business.
        Span span = tracer.spanBuilder(call.method())
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("http.request.method", call.method())
                .setAttribute("server.address", host(call.url()))
                .startSpan();
        Timer.Sample begun = Timer.start(meters);
        String outcome = "failed";
        try (Scope _ = span.makeCurrent()) {
            HttpAnswer answer = sender.send(traced(call));
            outcome = answer.status() / 100 + "xx";
            span.setAttribute("http.response.status_code", answer.status());
            return answer;
        } catch (HttpFailure e) {
            outcome = e.reason().name().toLowerCase(java.util.Locale.ROOT);
            span.setStatus(StatusCode.ERROR, outcome);
            throw e;
        } finally {
            span.end();
            begun.stop(Timer.builder("sluice.calls")
                    .description("Calls to targets, by the class of the answer's status or why there was none")
                    .tags("method", call.method(), "outcome", outcome)
                    .register(meters));
        }
    }

    private HttpCall traced(HttpCall call) {
        Map<String, String> added = new LinkedHashMap<>();
        propagator.inject(
                Context.current(),
                added,
                (carrier, name, value) -> Objects.requireNonNull(carrier).put(name, value));
        return added.isEmpty() ? call : call.withMoreHeaders(added);
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
