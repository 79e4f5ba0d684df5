package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.FlowState;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.step.RunStopped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * What flows keep between runs as <code>$context</code>: one value an integration, replaced by compare-and-set on its
 * version, with its last values.
 */
public final class ContextStore {

    // A person who sets the value waits for this lock, and finds the run then.
    private static final String CURRENT = """
            select value, version from flow_context
             where integration_id = :integrationId and tenant = :tenant for share
            """;

    private static final String NOTE = """
            update open_run set context_at_start = coalesce(context_at_start, :value::jsonb)
             where id = :id and tenant = :tenant
            returning context_at_start
            """;

    private static final String EXPORT = """
            with changed as (
                insert into flow_context (integration_id, tenant, version, value, changed_by, changed_by_person, changed_at)
                values (:integrationId, :tenant, 1, :value::jsonb, :runId::uuid, :person, now())
                on conflict (integration_id) do update
                   set version = flow_context.version + 1, value = excluded.value, changed_by = excluded.changed_by,
                       changed_by_person = excluded.changed_by_person, changed_at = excluded.changed_at
                 where flow_context.tenant = excluded.tenant and flow_context.version = :expected
                returning *),
            forgotten as (
                delete from flow_context_history h using changed c
                 where h.integration_id = c.integration_id and h.version <= c.version - 20)
            insert into flow_context_history (integration_id, version, tenant, value, changed_by, changed_by_person,
                                              changed_at)
            select integration_id, version, tenant, value, changed_by, changed_by_person, changed_at from changed
            """;

    private static final String LOCK = """
            select version from flow_context where integration_id = :integrationId and tenant = :tenant for update
            """;

    // A run that has read the value would go on from it and replace what the person set.
    private static final String IN_USE = """
            select id from open_run
             where tenant = :tenant and integration_id = :integrationId and context_at_start is not null
             order by id limit 1
            """;

    private static final String HISTORY = """
            select version, value, changed_by, changed_by_person, changed_at
              from flow_context_history
             where integration_id = :integrationId and tenant = :tenant
             order by version desc
             limit 20
            """;

    private final Jdbi jdbi;

    public ContextStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What a run begins from. */
    record AtStart(@Nullable Object value, long version) {}

    /** Noted at the first attempt, so that every later one computes the same from it. */
    static AtStart atStart(Handle handle, ClaimedRun run) {
        Optional<AtStart> current = current(handle, run);
        if (current.isEmpty()) {
            lockFirst(handle, "pg_advisory_xact_lock_shared", run.integrationId());
            current = current(handle, run);
        }
        Object value = handle.createQuery(NOTE)
                .bind("id", run.id())
                .bind("tenant", run.tenant())
                .bind("value", current.map(AtStart::value).orElse("null"))
                .mapTo(String.class)
                .findOne()
                .map(text -> Json.plain(Json.parse(text)))
                .orElse(null);
        return new AtStart(value, current.map(AtStart::version).orElse(0L));
    }

    private static Optional<AtStart> current(Handle handle, ClaimedRun run) {
        return handle.createQuery(CURRENT)
                .bind("integrationId", run.integrationId())
                .bind("tenant", run.tenant())
                .map((row, context) -> new AtStart(row.getString("value"), row.getLong("version")))
                .findOne();
    }

    /** Where nothing was kept yet there is no row to lock: a person's first value and a first run meet here. */
    private static void lockFirst(Handle handle, String function, UUID integrationId) {
        handle.createQuery("select true from " + function + "(hashtext('sluice.context'), hashtext(:id))")
                .bind("id", integrationId.toString())
                .mapTo(Boolean.class)
                .one();
    }

    /** @throws RunStopped.LeaseLost when the context is not what the run made its change from */
    static void export(Handle handle, ClaimedRun run, String value, long expectedVersion) {
        if (!changed(handle, run.tenant(), run.integrationId(), value, expectedVersion, run.id(), null)) {
            throw new RunStopped.LeaseLost();
        }
    }

    private static boolean changed(
            Handle handle,
            String tenant,
            UUID integrationId,
            String value,
            long expectedVersion,
            @Nullable UUID runId,
            @Nullable String person) {
        return handle.createUpdate(EXPORT)
                        .bind("integrationId", integrationId)
                        .bind("tenant", tenant)
                        .bind("runId", runId)
                        .bind("person", person)
                        .bind("value", value)
                        .bind("expected", expectedVersion)
                        .execute()
                == 1;
    }

    /** The value and its last ones; empty when no run of the integration kept anything here. */
    public Optional<FlowState> find(String tenant, UUID integrationId) {
        List<FlowState.Version> versions = jdbi.withHandle(handle -> handle.createQuery(HISTORY)
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> version(row))
                .list());
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(new FlowState(
                        versions.getFirst().version(), versions.getFirst().value(), versions));
    }

    private static FlowState.Version version(ResultSet row) throws SQLException {
        return new FlowState.Version(
                row.getLong("version"),
                Json.parse(row.getString("value")),
                row.getTimestamp("changed_at").toInstant(),
                row.getObject("changed_by", UUID.class),
                row.getString("changed_by_person"));
    }

    /** What became of a person's change. */
    public sealed interface Changed {
        record Done() implements Changed {}

        /** Somebody changed it since it was read. */
        record Stale(long version) implements Changed {}

        /** A run goes on from the present value. */
        record InUse(UUID runId) implements Changed {}
    }

    /** Sets the value, if it is still the one that the person saw. */
    public Changed set(String tenant, UUID integrationId, long expectedVersion, JsonNode value, String person) {
        return jdbi.inTransaction(handle -> {
            long version = locked(handle, tenant, integrationId);
            if (version == 0) {
                lockFirst(handle, "pg_advisory_xact_lock", integrationId);
                version = locked(handle, tenant, integrationId);
            }
            if (version != expectedVersion) {
                return new Changed.Stale(version);
            }
            Optional<UUID> run = handle.createQuery(IN_USE)
                    .bind("integrationId", integrationId)
                    .bind("tenant", tenant)
                    .mapTo(UUID.class)
                    .findOne();
            if (run.isPresent()) {
                return new Changed.InUse(run.get());
            }
            return changed(handle, tenant, integrationId, StepLogStore.text(value), expectedVersion, null, person)
                    ? new Changed.Done()
                    : new Changed.Stale(version);
        });
    }

    private static long locked(Handle handle, String tenant, UUID integrationId) {
        return handle.createQuery(LOCK)
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
