package io.sluice.integrations.connection;

import io.sluice.contract.connection.CallLimits;
import io.sluice.contract.connection.Connection;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.deployment.DeployedConnection;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Connections in the database. */
@Singleton
public class ConnectionStore {

    private static final String SELECT = """
select c.*,
                   array(select ic.integration_id from integration_connection ic where ic.connection_id = c.id
                          union
                         select w.integration_id from webhook w
                          where w.tenant = c.tenant
                            and w.secrets @> jsonb_build_array(jsonb_build_object('connection', c.id::text))
                          order by 1) as used_by
              from connection c
            """;

    private static final String INSERT = """
            insert into connection (id, tenant, name, kind, settings, limits, secret_names, sealed_ingress,
                                    sealed_scheduler, version, created_at, updated_at)
            values (:id, :tenant, :name, :kind, :settings::jsonb, :limits::jsonb, :secretNames, :ingress,
                    :scheduler, 1, now(), now())
            on conflict on constraint connection_name_uq do nothing
            """;

    private static final String UPDATE = """
            update connection
               set name = :name, settings = :settings::jsonb, limits = :limits::jsonb,
                   secret_names = coalesce(:secretNames, secret_names),
                   sealed_ingress = coalesce(:ingress, sealed_ingress),
                   sealed_scheduler = coalesce(:scheduler, sealed_scheduler),
                   version = version + 1, updated_at = now()
             where id = :id and tenant = :tenant
            """;

    private final Jdbi jdbi;

    public ConnectionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A connection with its version and its sealed secrets. */
    public record Stored(Connection connection, long version, String sealedIngress, String sealedScheduler) {

        /** As the scheduler gets it. */
        public DeployedConnection forScheduler() {
            return deployed(sealedScheduler);
        }

        /** As ingress gets it. */
        public DeployedConnection forIngress() {
            return deployed(sealedIngress);
        }

        private DeployedConnection deployed(String sealed) {
            return new DeployedConnection(
                    connection.id(), connection.kind(), connection.settings(), sealed, connection.limits());
        }
    }

    /** What is written; sealed texts are null where the secrets stay as they are. */
    record Draft(
            UUID id,
            String tenant,
            String name,
            ConnectionKind kind,
            Map<String, String> settings,
            @Nullable CallLimits limits,
            @Nullable List<String> secretNames,
            @Nullable String ingress,
            @Nullable String scheduler) {}

    public List<Stored> list(String tenant) {
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + " where c.tenant = :tenant order by lower(c.name)")
                .bind("tenant", tenant)
                .map((row, context) -> stored(row))
                .list());
    }

    public Optional<Stored> find(String tenant, UUID id) {
        return jdbi.withHandle(handle -> find(handle, tenant, id, ""));
    }

    /** Finds it and keeps others from changing it until the transaction ends. */
    static Optional<Stored> lock(Handle handle, String tenant, UUID id) {
        return find(handle, tenant, id, " for update of c");
    }

    /** Finds it and keeps it from being deleted until the transaction ends. */
    public static Optional<Stored> hold(Handle handle, String tenant, UUID id) {
        return find(handle, tenant, id, " for key share of c");
    }

    /** Within a transaction. */
    public static Optional<Stored> find(Handle handle, String tenant, UUID id) {
        return find(handle, tenant, id, "");
    }

    private static Optional<Stored> find(Handle handle, String tenant, UUID id, String suffix) {
        return handle.createQuery(SELECT + " where c.tenant = :tenant and c.id = :id" + suffix)
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, context) -> stored(row))
                .findOne();
    }

    /** @return false when the name is taken */
    static boolean insert(Handle handle, Draft draft) {
        return bound(handle, INSERT, draft)
                        .bind("kind", draft.kind().wireName())
                        .execute()
                == 1;
    }

    static void update(Handle handle, Draft draft) {
        bound(handle, UPDATE, draft).execute();
    }

    static void delete(Handle handle, String tenant, UUID id) {
        handle.createUpdate("delete from connection where id = :id and tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant)
                .execute();
    }

    private static org.jdbi.v3.core.statement.Update bound(Handle handle, String sql, Draft draft) {
        List<String> names = draft.secretNames();
        return handle.createUpdate(sql)
                .bind("id", draft.id())
                .bind("tenant", draft.tenant())
                .bind("name", draft.name())
                .bind("settings", Json.text(draft.settings()))
                .bind("limits", draft.limits() == null ? null : Json.text(draft.limits()))
                .bindArray("secretNames", String.class, names == null ? null : names.toArray())
                .bind("ingress", draft.ingress())
                .bind("scheduler", draft.scheduler());
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        Json.parse(row.getString("settings"))
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        String limits = row.getString("limits");
        Connection connection = new Connection(
                row.getObject("id", UUID.class),
                row.getString("name"),
                ConnectionKind.of(row.getString("kind")),
                settings,
                Arrays.asList((String[]) row.getArray("secret_names").getArray()),
                limits == null ? null : Json.parse(limits, CallLimits.class),
                Arrays.asList((UUID[]) row.getArray("used_by").getArray()),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
        return new Stored(
                connection, row.getLong("version"), row.getString("sealed_ingress"), row.getString("sealed_scheduler"));
    }
}
