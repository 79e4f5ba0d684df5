package io.sluice.integrations.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.deployment.DeploymentFeed;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads the feed for one service: each gets the secrets that are sealed for it alone. */
@Singleton
public class DeploymentFeedStore {

    private static final int PAGE = 500;

    private static final String ITEMS = """
            select integration_id, tenant, revision, deleted, document
              from deployment
             where revision > :after
             order by revision
             limit :limit
            """;

    private final Jdbi jdbi;

    public DeploymentFeedStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What comes after a revision of an epoch; another epoch reads all. */
    DeploymentFeed read(RunOwner service, String epoch, long after) {
        return jdbi.withHandle(handle -> {
            String current = handle.createQuery("select epoch from feed_counter")
                    .mapTo(String.class)
                    .one();
            long from = current.equals(epoch) ? after : 0;
            long[] revision = {from};
            List<JsonNode> items = handle.createQuery(ITEMS)
                    .bind("after", from)
                    .bind("limit", PAGE)
                    .map((row, context) -> {
                        revision[0] = row.getLong("revision");
                        return item(service, row);
                    })
                    .list();
            return new DeploymentFeed(current, items, revision[0]);
        });
    }

    /** Whether the cheap look at the counter shows something newer. */
    boolean hasNewer(long after) {
        return jdbi.withHandle(handle -> handle.createQuery("select revision > :after from feed_counter")
                .bind("after", after)
                .mapTo(Boolean.class)
                .one());
    }

    /** Notes that all up to a revision is in force at a service. */
    void inForce(RunOwner service, String epoch, long revision) {
        jdbi.useHandle((Handle handle) -> handle.createUpdate("""
                        update deployment set %1$s = now()
                         where revision <= :revision and %1$s is null
                           and exists (select 1 from feed_counter where epoch = :epoch)
                        """.formatted(column(service)))
                .bind("revision", revision)
                .bind("epoch", epoch)
                .execute());
    }

    /** Whether an integration's newest state is in force at a service. */
    boolean isInForce(RunOwner service, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select %s is not null from deployment where integration_id = :id".formatted(column(service)))
                .bind("id", integrationId)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false));
    }

    private static String column(RunOwner service) {
        return service == RunOwner.INGRESS ? "ingress_since" : "scheduler_since";
    }

    private static JsonNode item(RunOwner service, ResultSet row) throws SQLException {
        ObjectNode item = (ObjectNode) Json.parse(row.getString("document"));
        item.put("integrationId", row.getString("integration_id"));
        item.put("tenant", row.getString("tenant"));
        item.put("revision", row.getLong("revision"));
        item.put("deleted", row.getBoolean("deleted"));
        if (item.path("connections") instanceof ObjectNode connections) {
            for (String slot : connections
                    .propertyStream()
                    .map(java.util.Map.Entry::getKey)
                    .toList()) {
                connections.set(slot, connections.get(slot).get(service.wireName()));
            }
        }
        if (service == RunOwner.SCHEDULER) {
            // What verifies calls is ingress' alone.
            item.remove("webhook");
        }
        return item;
    }
}
