package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.load.Driver;
import io.sluice.benchmarks.load.Outcome;
import io.sluice.benchmarks.load.SignedCalls;
import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.benchmarks.measure.Scale;
import io.sluice.benchmarks.peer.DebianWebhook;
import io.sluice.benchmarks.peer.NodeRed;
import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.peer.Pgbench;
import io.sluice.benchmarks.process.Unavailable;
import io.sluice.benchmarks.queue.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How many calls a second are durable and acknowledged, beside what the same database does with bare rows. */
public final class Ingress {

    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Duration WARM = Duration.ofSeconds(100);
    private static final String SLUICE = "Sluice, " + Driver.AT_ONCE + " connections";
    private static final String PGBENCH = "pgbench, " + Pgbench.CLIENTS + " clients";
    private static final String NODE_RED = "Node-RED, " + Driver.AT_ONCE + " connections";
    private static final String WEBHOOK = "webhook, " + Driver.AT_ONCE + " connections";
    private static final List<Metric> METRICS = List.of(
            Metric.more("accepted", "a second"),
            Metric.less("p50", "ms"),
            Metric.less("p99", "ms"),
            Metric.less("p99.9", "ms"),
            Metric.less("refused with 503", ""),
            Metric.less("runs behind at the end", ""));

    private final Duration time;
    private final boolean tiny;
    private final Path folder;
    private final Map<String, List<Double>> rows = new LinkedHashMap<>();
    private final List<String> peers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Ingress(Scale scale) {
        time = scale.time(TIME, Duration.ofSeconds(1));
        tiny = scale.tiny();
        folder = folder();
    }

    static Path folder() {
        return Path.of(System.getProperty("sluice.root", "."), "benchmarks", "target")
                .toAbsolutePath()
                .normalize();
    }

    public static Report measure(Scale scale) {
        return new Ingress(scale).report();
    }

    private Report report() {
        try (Server server = new Server()) {
            rows.put(SLUICE, List.of());
            double rate = pgbench(server);
            try (Stage stage = new Stage(server, folder.resolve("ingress"))) {
                // In the first second of a JVM, the whole rate would be a pile to wait for.
                sluice(stage, tiny ? rate / 100 : rate);
            }
            notes.add(Verdicts.server(server));
        }
        try (Driver driver = new Driver()) {
            peer(NODE_RED, driver, () -> new NodeRed(folder.resolve("peers")));
            peer(WEBHOOK, driver, () -> new DebianWebhook(folder.resolve("peers"), Endpoints.SECRET));
        }
        notes.add(
                "pgbench: one committed row of the same size, prepared statements; its latency is a mean. Node-RED: 202"
                        + " before anything is kept, no signature. webhook: signature, then a command is started; nothing is kept.");
        return new Report(
                "ingress: signed calls of " + SignedCalls.BODY_BYTES + " bytes, stored before they are answered",
                METRICS,
                rows,
                peers,
                notes);
    }

    /** NaN when it is not here. */
    private double pgbench(Server server) {
        try {
            server.settle();
            Pgbench.Found found = Pgbench.run(server, folder.resolve("pgbench"), time);
            double none = Double.NaN;
            rows.put(PGBENCH, List.of(found.perSecond(), none, none, none, none, none));
            peers.add(PGBENCH);
            notes.add(Verdicts.mean(found));
            return found.perSecond();
        } catch (Unavailable e) {
            missing(PGBENCH, e);
            return Double.NaN;
        }
    }

    private void sluice(Stage stage, double rate) {
        // On two cores the compiler takes a third of the service's time for the first minute.
        stage.saturate(tiny ? time : WARM);
        Stage.Phase full = stage.saturate(time);
        add(SLUICE, full);
        if (Double.isNaN(rate)) {
            notes.add("Without pgbench there is no rate to hold.");
            return;
        }
        Stage.Phase half = stage.steady(time, rate / 2);
        add(String.format(java.util.Locale.ROOT, "Sluice at half of pgbench's rate, %,.0f", rate / 2), half);
        Stage.Phase whole = stage.steady(time, rate);
        add(String.format(java.util.Locale.ROOT, "Sluice at pgbench's rate, %,.0f", rate), whole);
        notes.addAll(Verdicts.of(rate, full.outcome(), half.outcome(), whole.outcome()));
    }

    private void add(String name, Stage.Phase phase) {
        rows.put(name, row(phase.outcome(), phase.open()));
        notes.add(Verdicts.account(name, phase));
    }

    private static List<Double> row(Outcome outcome, double behind) {
        return List.of(
                outcome.perSecond(),
                outcome.milliseconds(0.5),
                outcome.milliseconds(0.99),
                outcome.milliseconds(0.999),
                (double) outcome.refused(),
                behind);
    }

    private void peer(String name, Driver driver, Supplier<Peer> start) {
        if (tiny) {
            // They are fetched from the network: nothing for a test.
            return;
        }
        try (Peer peer = start.get()) {
            SignedCalls calls = new SignedCalls("peer", Endpoints.SECRET, List.of(peer.path()));
            driver.saturate(peer.url(), calls, time);
            rows.put(name, row(driver.saturate(peer.url(), calls, time), Double.NaN));
            peers.add(name);
        } catch (Unavailable e) {
            missing(name, e);
        }
    }

    private void missing(String name, Unavailable e) {
        double none = Double.NaN;
        rows.put(name + ": not measured, " + e.reason(), List.of(none, none, none, none, none, none));
    }
}
