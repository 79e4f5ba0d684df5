package io.sluice.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PgbenchTest {

    private static final String OUTPUT = """
            pgbench (15.18 (Debian 15.18-0+deb12u1), server 18.6)
            transaction type: insert.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 16
            number of threads: 2
            maximum number of tries: 1
            duration: 5 s
            number of transactions actually processed: 15012
            number of failed transactions: 0 (0.000%)
            latency average = 5.323 ms
            initial connection time = 37.219 ms
            tps = 3005.628612 (without initial connection time)
            """;

    @Test
    void itsRateAndMeanAreRead() {
        assertThat(Pgbench.Found.perSecond(OUTPUT)).hasValue(3005.628612);
        assertThat(Pgbench.Found.meanMilliseconds(OUTPUT)).hasValue(5.323);
    }

    @Test
    void whatIsNoResultIsNone() {
        assertThat(Pgbench.Found.perSecond("pgbench: error: connection refused"))
                .isEmpty();
        assertThat(Pgbench.Found.meanMilliseconds("")).isEmpty();
    }
}
