package io.sluice.run.executor;

import io.sluice.run.queue.RunEnd;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

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
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Objects.requireNonNullElse(sql.getSQLState(), "").matches("|(08|53|57P).*|55000");
            }
        }
        return false;
    }

    static RunEnd parked() {
        return new RunEnd.Parked(PAUSE, "the service's own database, which was away");
    }
}
