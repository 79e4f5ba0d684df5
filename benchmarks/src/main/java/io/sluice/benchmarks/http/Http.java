package io.sluice.benchmarks.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.benchmarks.flow.EngineFlow;
import io.sluice.benchmarks.flow.SdkFlow;
import io.sluice.benchmarks.flow.Sources;
import io.sluice.benchmarks.flow.Sources.Language;
import io.sluice.benchmarks.measure.Load;
import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.measure.Waiting;
import io.sluice.run.http.AddressGuard;
import io.sluice.run.http.CircuitSettings;
import io.sluice.run.http.GateSettings;
import io.sluice.run.http.GatedHttp;
import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.HttpSender;
import io.sluice.run.http.OutboundLimits;
import io.sluice.run.http.VertxExchange;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Runs with one POST each, through everything that a flow's call goes through in a service. */
public final class Http {

    private static final int AT_ONCE = 32;
    private static final int RESPONSE_BYTES = 10 * 1024 * 1024;
    private static final long BODIES_IN_FLIGHT = 128L * 1024 * 1024;
    private static final String SLUICE = "Sluice";
    private static final String SDK = "DSL's Java SDK";
    private static final List<Metric> METRICS =
            List.of(Metric.more("runs", "a second").target(15_000), Metric.less("p50", "ms"), Metric.less("p99", "ms"));

    private Http() {}

    public static Report measure(Scale scale) {
        if (scale.tiny()) {
            try (TargetServer target = new TargetServer()) {
                return measure(scale, target.url());
            }
        }
        try (TargetProcess target = new TargetProcess()) {
            return measure(scale, target.url());
        }
    }

    private static Report measure(Scale scale, String url) {
        JsonNode event = Sources.ordersEvent();
        int runs = scale.runs(200_000, 64);
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        Vertx vertx = Vertx.vertx();
        try {
            EngineFlow sluice = EngineFlow.of(Sources.post(Language.JSONATA, url), gated(vertx));
            rows.put(SLUICE, row(runs, scale, () -> sluice.run(event)));
        } finally {
            Waiting.until(vertx.close().toCompletionStage().toCompletableFuture());
        }
        try (SdkFlow sdk = SdkFlow.of(Sources.post(Language.JQ, url))) {
            rows.put(SDK, row(Math.max(AT_ONCE, runs / 4), scale, () -> sdk.run(event)));
        }
        return new Report(
                "http: runs with one local POST each, " + AT_ONCE + " at once",
                METRICS,
                rows,
                List.of(SDK),
                List.of(
                        "The target is a Vert.x server in another JVM on the same machine.",
                        "Ours goes through gate, guard and masking and keeps request and response for the log; the SDK"
                                + " calls by Jersey on HttpURLConnection with as many kept connections, and keeps nothing."));
    }

    /** The first part is for warming up. */
    private static List<Double> row(int runs, Scale scale, Runnable run) {
        Load.run(scale.pick(runs / 2, AT_ONCE), AT_ONCE, run);
        Load.Taken taken = Load.run(runs, AT_ONCE, run);
        return List.of(taken.perSecond(), taken.milliseconds(0.5), taken.milliseconds(0.99));
    }

    /** As a service wires it with its defaults, but for the loopback address, which is allowed. */
    private static HttpSender gated(Vertx vertx) {
        OutboundLimits limits =
                new OutboundLimits(Duration.ofSeconds(10), Duration.ofSeconds(60), RESPONSE_BYTES, BODIES_IN_FLIGHT);
        AddressGuard guard = new AddressGuard(List.of("127.0.0.1/32"));
        InstantSource clock = InstantSource.system();
        GateSettings gates =
                new GateSettings(64, null, new CircuitSettings(10, Duration.ofSeconds(10), Duration.ofMinutes(5)));
        return new GatedHttp(
                new GuardedHttp(new VertxExchange(vertx, guard, limits), clock), gates, clock, new SplittableRandom(1));
    }
}
