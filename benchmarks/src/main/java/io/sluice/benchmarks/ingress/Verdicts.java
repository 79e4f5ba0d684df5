package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.load.Outcome;
import io.sluice.benchmarks.peer.Pgbench;
import io.sluice.benchmarks.queue.Server;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the numbers mean for what was promised, in words under the table. */
final class Verdicts {

    private static final Duration AT_HALF = Duration.ofMillis(50);
    private static final Duration AT_FULL = Duration.ofSeconds(1);

    private Verdicts() {}

    static List<String> of(double rate, Outcome saturated, Outcome half, Outcome whole) {
        double times = saturated.perSecond() / rate;
        return List.of(
                String.format(Locale.ROOT, "%.2f times pgbench's rate (at least 1): %s", times, met(times >= 1)),
                latency("at half of pgbench's rate", half, AT_HALF, 0.99),
                latency("at pgbench's rate", whole, AT_FULL, 0.999));
    }

    /** Of all calls: with those that were refused left out, refusing most would be the way to be fast. */
    private static String latency(String when, Outcome outcome, Duration longest, double wanted) {
        double within = outcome.acceptedWithin(longest);
        return String.format(
                Locale.ROOT,
                "%s: %.2f %% of all calls accepted within %,d ms (at least %.1f %%): %s",
                when,
                within * 100,
                longest.toMillis(),
                wanted * 100,
                met(within >= wanted));
    }

    private static String met(boolean met) {
        return met ? "met" : "NOT MET";
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
