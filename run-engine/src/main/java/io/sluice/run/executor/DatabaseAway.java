package io.sluice.run.executor;

import io.sluice.run.queue.RunEnd;
import io.sluice.run.store.SqlState;
import java.time.Duration;

/** Whether a failure only says that our database was away: that is nothing the run did, and costs it no attempt. */
public final class DatabaseAway {

    /** Until the run goes on, once the database takes the word. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private DatabaseAway() {}

    /**
     * SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown), and 55000 (takes no connections); a pool that
     * gives none has no state.
     */
    public static boolean is(Throwable thrown) {
        return SqlState.of(thrown)
                .filter(state -> state.matches("|(08|53|57P).*|55000"))
                .isPresent();
    }

    static RunEnd parked() {
        return new RunEnd.Parked(PAUSE, "the service's own database, which was away");
    }
}
