package io.sluice.run.deployment;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jdbi.v3.core.Jdbi;

/** Starts the follower with the service and stops it with it. */
@ApplicationScoped
public class FollowerLife {

    @Produces
    @Singleton
    FeedState state() {
        return new FeedState();
    }

    @Produces
    @Singleton
    DeploymentFollower follower(
            @RestClient IntegrationsClient integrations,
            Jdbi jdbi,
            DeploymentStore store,
            FlowStore flows,
            DeploymentSink sink,
            Login login,
            FeedState state,
            InstantSource clock) {
        return new DeploymentFollower(
                integrations,
                store,
                new FeedPage(jdbi, sink, flows, integrations::flow),
                new LeadLock(login),
                state,
                clock);
    }

    /** The service's own login, for the one connection that must not come from the pool. */
    public record Login(String url, String user, String password) {

        /**
         * A connection outside the pool. One that is cut off is found out soon, by both sides.
         *
         * @param purpose what the database calls it
         * @param silence after which an answer does not come any more
         */
        public Connection open(String purpose, Duration silence) throws SQLException {
            Properties properties = new Properties();
            properties.setProperty("user", user);
            properties.setProperty("password", password);
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("ApplicationName", purpose);
            properties.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
            properties.setProperty("connectTimeout", "5");
            return DriverManager.getConnection(url, properties);
        }

        @Override
        public String toString() {
            return "Login[" + url + ", " + user + "]";
        }
    }

    @Produces
    @Singleton
    Login login(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        return new Login(url, user, password);
    }

    void start(@Observes StartupEvent event, DeploymentFollower follower) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event, DeploymentFollower follower) {
        follower.stop();
    }
}
