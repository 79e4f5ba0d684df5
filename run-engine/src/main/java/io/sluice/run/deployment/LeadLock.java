package io.sluice.run.deployment;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The lead among the replicas of a service, by an advisory lock on a connection of its own: outside the pool, which
 * would hand the lock to somebody else together with the connection, and with keep-alive, so that the lock of a replica
 * that is cut off falls soon.
 */
final class LeadLock {

    private static final Logger LOG = Logger.getLogger(LeadLock.class);

    /** Names the lock within the service's own database. */
    private static final long FOLLOWER = 0x536C75696365L;

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final FollowerLife.Login login;
    private @Nullable Connection connection;

    LeadLock(FollowerLife.Login login) {
        this.login = login;
    }

    /** Takes the lead, or says whether this replica still has it. */
    boolean held() {
        try {
            Connection open = connection;
            if (open != null) {
                // The session's life is the lock's life: if it answers, we lead.
                if (open.isValid(5)) {
                    return true;
                }
                release();
            }
            return acquire();
        } catch (SQLException e) {
            LOG.debugf("no lead: %s", e.getMessage());
            release();
            return false;
        }
    }

    private boolean acquire() throws SQLException {
        Connection fresh = login.open("sluice-feed-lead", SILENCE);
        try (PreparedStatement statement = fresh.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, FOLLOWER);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    connection = fresh;
                    return true;
                }
            }
        }
        fresh.close();
        return false;
    }

    void release() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debugf("closing the lead's connection: %s", e.getMessage());
            }
        }
    }
}
