package io.sluice.run.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/** Changes of tables that are in use, such as their partitions: one replica at a time, and nobody waits for it long. */
public final class TableUpkeep {

    private static final int TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Whoever uses the tables waits behind us for as long. Below the database's deadlock_timeout: of a deadlock this side
     * gives up before the other one is chosen.
     */
    private static final String GIVE_WAY = "set local lock_timeout = '500ms'";

    private final Jdbi jdbi;
    private final String name;

    /** @param name what is looked after, in the service's own database */
    public TableUpkeep(Jdbi jdbi, String name) {
        this.jdbi = jdbi;
        this.name = name;
    }

    /**
     * Does it in a transaction, and tries again where the tables are in use for long.
     *
     * @throws RuntimeException when it failed, or they were in use each time
     */
    public void run(HandleConsumer<RuntimeException> work) {
        for (int tries = 1; ; tries++) {
            try {
                jdbi.useTransaction(handle -> {
                    // Waits for its turn: a replica that starts must not go on before its partitions are there.
                    handle.execute("select pg_advisory_xact_lock(hashtext(?))", name);
                    handle.execute(GIVE_WAY);
                    work.useHandle(handle);
                });
                return;
            } catch (RuntimeException e) {
                if (tries == TRIES
                        || SqlState.of(e).filter(LOCK_NOT_AVAILABLE::equals).isEmpty()) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
