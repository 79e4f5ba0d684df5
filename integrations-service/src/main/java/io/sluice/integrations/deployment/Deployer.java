package io.sluice.integrations.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.deployment.DeployedSchedule;
import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.connection.ConnectionUsers;
import io.sluice.integrations.template.Template;
import io.sluice.integrations.template.TemplateStore;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Writes an integration's newest state into the feed. Always the last statement of the transaction that changed it:
 * the counter's row stays locked until the commit, so revisions become visible in their order.
 */
@Singleton
public class Deployer implements ConnectionUsers {

    private static final String PUT = """
            with next as (
                update feed_counter set revision = revision + 1 returning revision),
            numbered as (
                update integration i set revision = next.revision from next where i.id = :id)
            insert into deployment (integration_id, tenant, revision, deleted, document)
            select :id, :tenant, next.revision, :deleted, :document::jsonb from next
            on conflict (integration_id) do update
               set revision = excluded.revision, deleted = excluded.deleted, document = excluded.document,
                   ingress_since = null, scheduler_since = null
            """;

    private static final String USERS = """
            select i.id from integration i
             where i.tenant = :tenant
               and (i.id in (select integration_id from integration_connection where connection_id = :id)
                    or i.id in (select integration_id from webhook
                                 where secrets @> jsonb_build_array(jsonb_build_object('connection', :id::text))))
             order by i.id
            """;

    private static final String INTEGRATION = """
            select i.name, i.template_namespace || '/' || i.template_name || ':' || i.template_version as template,
                   i.configuration, i.policy
              from integration i where i.id = :id and i.tenant = :tenant
            """;

    private final TemplateStore templates;

    public Deployer(TemplateStore templates) {
        this.templates = templates;
    }

    /** Deploys the state that the transaction has made. */
    public void deploy(Handle handle, String tenant, UUID integrationId) {
        ObjectNode document = handle.createQuery(INTEGRATION)
                .bind("id", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> base(tenant, integrationId, row))
                .one();
        document.set("connections", connections(handle, tenant, integrationId));
        webhook(handle, tenant, integrationId).ifPresent(webhook -> document.set("webhook", Json.tree(webhook)));
        document.set("schedules", Json.tree(schedules(handle, tenant, integrationId)));
        put(handle, tenant, integrationId, false, document);
    }

    /** Leaves a tombstone. */
    public void remove(Handle handle, String tenant, UUID integrationId) {
        put(handle, tenant, integrationId, true, Json.MAPPER.createObjectNode());
    }

    @Override
    public List<UUID> lockUsersOf(Handle handle, String tenant, UUID connectionId) {
        return users(handle, tenant, connectionId, " for update of i");
    }

    @Override
    public List<UUID> usersOf(Handle handle, String tenant, UUID connectionId) {
        return users(handle, tenant, connectionId, "");
    }

    private static List<UUID> users(Handle handle, String tenant, UUID connectionId, String lock) {
        return handle.createQuery(USERS + lock)
                .bind("tenant", tenant)
                .bind("id", connectionId)
                .mapTo(UUID.class)
                .list();
    }

    @Override
    public void redeploy(Handle handle, String tenant, List<UUID> integrations) {
        integrations.forEach(id -> deploy(handle, tenant, id));
    }

    private static void put(Handle handle, String tenant, UUID id, boolean deleted, JsonNode document) {
        handle.createUpdate(PUT)
                .bind("id", id)
                .bind("tenant", tenant)
                .bind("deleted", deleted)
                .bind("document", Json.text(document))
                .execute();
    }

    private ObjectNode base(String tenant, UUID id, ResultSet row) throws SQLException {
        Template template = templates
                .find(tenant, row.getString("template"))
                .orElseThrow(() -> new IllegalStateException("the foreign key holds the template of " + id));
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("name", row.getString("name"));
        document.set("flow", Json.tree(template.flowRef()));
        document.set("params", Json.parse(row.getString("configuration")));
        JsonNode policy = Json.parse(row.getString("policy"));
        if (!policy.isEmpty()) {
            document.set("policy", policy);
        }
        return document;
    }

    /** Each with both sealed forms; the feed gives each service its own alone. */
    private static ObjectNode connections(Handle handle, String tenant, UUID integrationId) {
        ObjectNode connections = Json.MAPPER.createObjectNode();
        handle.createQuery("select slot, connection_id from integration_connection where integration_id = :id")
                .bind("id", integrationId)
                .map((row, context) -> new Slot(row.getString("slot"), row.getObject("connection_id", UUID.class)))
                .forEach(slot -> {
                    ConnectionStore.Stored stored = ConnectionStore.find(handle, tenant, slot.connection())
                            .orElseThrow(() -> new IllegalStateException("the foreign key holds " + slot));
                    ObjectNode both = Json.MAPPER.createObjectNode();
                    both.set("ingress", Json.tree(stored.forIngress()));
                    both.set("scheduler", Json.tree(stored.forScheduler()));
                    connections.set(slot.name(), both);
                });
        return connections;
    }

    private record Slot(String name, UUID connection) {}

    private static Optional<DeployedWebhook> webhook(Handle handle, String tenant, UUID integrationId) {
        return handle.createQuery("select * from webhook where integration_id = :id and tenant = :tenant")
                .bind("tenant", tenant)
                .bind("id", integrationId)
                .map((row, context) -> {
                    String intake = row.getString("intake");
                    List<DeployedWebhook.Token> tokens = new ArrayList<>();
                    tokens.add(new DeployedWebhook.Token(row.getString("token_sha256"), null));
                    if (row.getString("previous_sha256") != null) {
                        tokens.add(new DeployedWebhook.Token(
                                row.getString("previous_sha256"),
                                row.getTimestamp("previous_until").toInstant()));
                    }
                    return new DeployedWebhook(
                            row.getBoolean("enabled"),
                            tokens,
                            Json.parse(row.getString("verification"), Verification.class),
                            secrets(handle, tenant, integrationId, Json.parse(row.getString("secrets"))),
                            Arrays.asList((String[]) row.getArray("methods").getArray()),
                            row.getInt("max_body_bytes"),
                            // Null for the defaults, as the feed has it too.
                            intake == null ? null : Json.parse(intake, WebhookIntake.class));
                })
                .findOne();
    }

    private static List<DeployedWebhook.SealedSecret> secrets(
            Handle handle, String tenant, UUID integrationId, JsonNode stored) {
        List<DeployedWebhook.SealedSecret> secrets = new ArrayList<>();
        for (JsonNode secret : stored) {
            if (secret.has("connection")) {
                UUID id = UUID.fromString(secret.get("connection").asText());
                ConnectionStore.find(handle, tenant, id)
                        .ifPresent(connection ->
                                secrets.add(new DeployedWebhook.SealedSecret(id, connection.sealedIngress())));
            } else {
                secrets.add(new DeployedWebhook.SealedSecret(
                        integrationId, secret.get("sealed").asText()));
            }
        }
        return secrets;
    }

    private static List<DeployedSchedule> schedules(Handle handle, String tenant, UUID integrationId) {
        return handle.createQuery("""
                        select id, settings from schedule
                         where integration_id = :id and tenant = :tenant
                         order by created_at, id
                        """)
                .bind("tenant", tenant)
                .bind("id", integrationId)
                .map((row, context) -> new DeployedSchedule(
                        row.getObject("id", UUID.class), Json.parse(row.getString("settings"), ScheduleSettings.class)))
                .list();
    }
}
