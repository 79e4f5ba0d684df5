package io.sluice.scheduler.schedule;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.run.deployment.FollowerLife;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Hears of changes that other replicas have taken over, on a connection of its own. What is not heard while it is broken
 * is seen by the look that each replica takes anyway.
 */
@Singleton
class AlarmWire {

    private static final Logger LOG = Logger.getLogger(AlarmWire.class);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Alarm alarm;
    private final FollowerLife.Login login;
    private volatile boolean stopping;
    private volatile @Nullable Connection open;

    AlarmWire(Alarm alarm, FollowerLife.Login login) {
        this.alarm = alarm;
        this.login = login;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("schedule-alarm").daemon().start(this::hear);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        Connection connection = open;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debugf("closing: %s", e.getMessage());
            }
        }
    }

    private void hear() {
        while (!stopping) {
            try (Connection connection = login.open("sluice-schedules", WAIT.multipliedBy(2));
                    Statement statement = connection.createStatement()) {
                open = connection;
                statement.execute("listen " + ScheduleSink.CHANNEL);
                // What was said before it was listened to.
                alarm.ring();
                PGConnection wire = connection.unwrap(PGConnection.class);
                while (!stopping) {
                    if (wire.getNotifications((int) WAIT.toMillis()).length > 0) {
                        alarm.ring();
                    } else {
                        // A connection that is cut off is silent too.
                        statement.execute("select 1");
                    }
                }
            } catch (SQLException e) {
                if (!stopping) {
                    LOG.debugf("changes of other replicas cannot be heard now: %s", e.getMessage());
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
