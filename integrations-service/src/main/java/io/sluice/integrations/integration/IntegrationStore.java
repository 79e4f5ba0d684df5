package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Integrations in the database: what writes need. Lists are read by {@link IntegrationReads}. */
@Singleton
class IntegrationStore {

    private static final String SELECT = """
            select i.*, i.template_namespace || '/' || i.template_name || ':' || i.template_version as template,
                   (select coalesce(jsonb_object_agg(ic.slot, ic.connection_id), '{}')
                      from integration_connection ic where ic.integration_id = i.id) as connections
              from integration i
             where i.id = :id and i.tenant = :tenant
            """;

    private static final String INSERT = """
            insert into integration (id, tenant, revision, template_tenant, template_namespace, template_name,
                                     template_version, name, description, categories, configuration, created_at,
                                     created_by, updated_at, updated_by)
            values (:id, :tenant, 0, :templateTenant, :namespace, :templateName, :version, :name, :description,
                    :categories, :configuration::jsonb, now(), :by, now(), :by)
            """;

    private static final String UPDATE = """
            update integration
               set template_version = :version, name = :name, description = :description, categories = :categories,
                   configuration = :configuration::jsonb, updated_at = now(), updated_by = :by
             where id = :id and tenant = :tenant
            """;

    private final Jdbi jdbi;

    IntegrationStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** An integration as it is stored. */
    record Stored(
            UUID id,
            String tenant,
            long revision,
            String template,
            String name,
            String description,
            List<String> categories,
            JsonNode configuration,
            Map<String, UUID> connections,
            Instant updatedAt) {}

    Optional<Stored> find(String tenant, UUID id) {
        return jdbi.withHandle(handle -> find(handle, tenant, id, ""));
    }

    /** Finds it and keeps others from changing it until the transaction ends. */
    static Optional<Stored> lock(Handle handle, String tenant, UUID id) {
        return find(handle, tenant, id, " for update of i");
    }

    private static Optional<Stored> find(Handle handle, String tenant, UUID id, String suffix) {
        return handle.createQuery(SELECT + suffix)
                .bind("id", id)
                .bind("tenant", tenant)
                .map((row, context) -> stored(row))
                .findOne();
    }

    static void insert(Handle handle, Draft draft) {
        bound(handle, INSERT, draft)
                .bind("templateTenant", draft.template().tenant())
                .bind("namespace", draft.template().flow().namespace())
                .bind("templateName", draft.template().flow().name())
                .execute();
        fillSlots(handle, draft);
    }

    static void update(Handle handle, Draft draft) {
        bound(handle, UPDATE, draft).execute();
        handle.execute("delete from integration_connection where integration_id = ?", draft.id());
        fillSlots(handle, draft);
    }

    static void delete(Handle handle, String tenant, UUID id) {
        handle.createUpdate("delete from last_run where integration_id = :id and tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant)
                .execute();
        handle.createUpdate("delete from integration where id = :id and tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant)
                .execute();
    }

    private static org.jdbi.v3.core.statement.Update bound(Handle handle, String sql, Draft draft) {
        return handle.createUpdate(sql)
                .bind("id", draft.id())
                .bind("tenant", draft.tenant())
                .bind("version", draft.template().flow().version())
                .bind("name", draft.name())
                .bind("description", draft.description())
                .bindArray("categories", String.class, draft.categories().toArray())
                .bind("configuration", Json.text(draft.configuration()))
                .bind("by", draft.by());
    }

    private static void fillSlots(Handle handle, Draft draft) {
        if (draft.connections().isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch(
                "insert into integration_connection (integration_id, slot, connection_id) values (:id, :slot, :connection)");
        draft.connections()
                .forEach((slot, connection) -> batch.bind("id", draft.id())
                        .bind("slot", slot)
                        .bind("connection", connection)
                        .add());
        batch.execute();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Map<String, UUID> connections = new LinkedHashMap<>();
        Json.parse(row.getString("connections"))
                .properties()
                .forEach(slot -> connections.put(
                        slot.getKey(), UUID.fromString(slot.getValue().asText())));
        return new Stored(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getLong("revision"),
                row.getString("template"),
                row.getString("name"),
                row.getString("description"),
                Arrays.asList((String[]) row.getArray("categories").getArray()),
                Json.parse(row.getString("configuration")),
                connections,
                row.getTimestamp("updated_at").toInstant());
    }
}
