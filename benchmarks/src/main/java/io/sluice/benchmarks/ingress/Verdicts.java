package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.load.Outcome;
import io.sluice.benchmarks.peer.Pgbench;
import io.sluice.benchmarks.queue.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the numbers mean for what was promised, in words under the table. */
final class Verdicts {

    private static final double HALF_P99 = 50;
    private static final double FULL_P999 = 1_000;

    private Verdicts() {}

    static List<String> of(double rate, Outcome saturated, Outcome half, Outcome whole) {
        List<String> all = new ArrayList<>();
        all.add(text(
                "%.2f times pgbench's rate (at least 1)", saturated.perSecond() / rate, saturated.perSecond() >= rate));
        all.add(text(
                "at half of it p99 %.1f ms (below 50)", half.milliseconds(0.99), half.milliseconds(0.99) < HALF_P99));
        all.add(text(
                "at all of it p99.9 %.0f ms (below 1,000)",
                whole.milliseconds(0.999), whole.milliseconds(0.999) < FULL_P999));
        return all;
    }

    private static String text(String format, double value, boolean met) {
        return String.format(Locale.ROOT, format, value) + (met ? ": met" : ": NOT MET");
    }

    static String account(String name, Stage.Phase phase) {
        Ledger.Account account = phase.account();
        Outcome outcome = phase.outcome();
        return String.format(
                Locale.ROOT,
                "%s: %,d accepted, %,d runs; %,d lost, %,d doubled, %,d stored without a 202; %,d answers of another kind,"
                        + " %,d calls without an answer",
                name,
                outcome.accepted().cardinality(),
                account.runs(),
                account.lost(),
                account.doubled(),
                account.unknown(),
                outcome.otherwise(),
                outcome.withoutAnswer());
    }

    static String mean(Pgbench.Found found) {
        return String.format(Locale.ROOT, "pgbench: a transaction takes %.2f ms in the mean", found.meanMilliseconds());
    }

    /** As the server says it, not as it was told. */
    static String server(Server server) {
        return Stream.of("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
                .map(name -> name + " " + server.setting(name))
                .collect(Collectors.joining(", ", "PostgreSQL of pgbench and Sluice: ", ""));
    }
}
