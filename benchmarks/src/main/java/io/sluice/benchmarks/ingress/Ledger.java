package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.load.SignedCalls;
import io.sluice.benchmarks.queue.Server;
import java.util.BitSet;
import org.jdbi.v3.core.Jdbi;

/** What the service's database says: each call that was accepted must have exactly one run. */
final class Ledger {

    private static final String RUNS = """
            (select id, tenant from open_run union all select id, tenant from run) r where r.tenant = :tenant
            """;

    private final Jdbi jdbi;

    /**
     * The runs of one phase.
     *
     * @param lost calls that were accepted and have no run
     * @param doubled runs that are not the first of their call
     * @param unknown runs whose call got no 202: a sender would try again, and its event id would find them
     */
    record Account(long runs, long lost, long doubled, long unknown) {}

    Ledger(Server.Database database) {
        jdbi = Jdbi.create(database.jdbcUrl(), database.user(), "");
    }

    /** How many runs of the phase have not ended. */
    long open(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery("select count(*) from open_run where tenant = :tenant")
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one());
    }

    Account account(String tenant, BitSet accepted) {
        long runs = jdbi.withHandle(handle -> handle.createQuery("select count(*) from " + RUNS)
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .one());
        return account(runs, events(tenant), accepted);
    }

    static Account account(long runs, BitSet stored, BitSet accepted) {
        BitSet lost = (BitSet) accepted.clone();
        lost.andNot(stored);
        BitSet unknown = (BitSet) stored.clone();
        unknown.andNot(accepted);
        return new Account(runs, lost.cardinality(), runs - stored.cardinality(), unknown.cardinality());
    }

    /** The calls that have a run, by the event ids that they were stored under. Read in parts: there may be millions. */
    private BitSet events(String tenant) {
        BitSet events = new BitSet();
        jdbi.useTransaction(handle -> handle.createQuery(
                        "select e.key from event_id e join (select r.id from " + RUNS + ") s on s.id = e.run_id")
                .setFetchSize(10_000)
                .bind("tenant", tenant)
                .mapTo(String.class)
                .forEach(key -> events.set(SignedCalls.number(key))));
        return events;
    }
}
