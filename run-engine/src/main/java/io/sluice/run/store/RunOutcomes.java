package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.RunStatus;
import io.sluice.run.expression.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What became of runs, for those who wait for it. */
public final class RunOutcomes {

    // The ids' bounds keep all partitions but those of their days out of it.
    private static final String ENDED = """
            select id, integration_id, tenant, status, error, output, event
              from run
             where id = any(:ids::uuid[]) and id >= :lowest and id <= :highest
            """;

    private static final String STATUS = """
            select case when worker is null then 'queued' else 'running' end as status
              from open_run where id = :id and tenant = :tenant and integration_id = :integrationId
            union all
            select status from run where id = :id and tenant = :tenant and integration_id = :integrationId
            """;

    private final Jdbi jdbi;

    public RunOutcomes(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A run that has ended. */
    public record Ended(
            UUID id,
            String tenant,
            UUID integrationId,
            RunStatus status,
            @Nullable JsonNode error,
            @Nullable JsonNode output,
            @Nullable JsonNode event) {}

    /**
     * Those among runs that have ended. Asked with ids that the caller got from an integration of its own: each tells
     * whose it is.
     */
    public List<Ended> ended(Collection<UUID> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        // As text: Java compares UUIDs by signed halves, PostgreSQL by their bytes.
        List<String> ids = runs.stream().map(UUID::toString).sorted().toList();
        return jdbi.withHandle(handle -> handle.createQuery(ENDED)
                .bindArray("ids", String.class, ids.toArray())
                .bind("lowest", UUID.fromString(ids.getFirst()))
                .bind("highest", UUID.fromString(ids.getLast()))
                .map((row, context) -> ended(row))
                .list());
    }

    /** How a run of an integration stands. */
    public Optional<RunStatus> status(String tenant, UUID integrationId, UUID runId) {
        return jdbi.withHandle(handle -> handle.createQuery(STATUS)
                .bind("id", runId)
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .map((row, context) -> RunStatus.of(row.getString("status")))
                .findFirst());
    }

    private static Ended ended(ResultSet row) throws SQLException {
        return new Ended(
                row.getObject("id", UUID.class),
                row.getString("tenant"),
                row.getObject("integration_id", UUID.class),
                RunStatus.of(row.getString("status")),
                node(row, "error"),
                node(row, "output"),
                node(row, "event"));
    }

    private static @Nullable JsonNode node(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Json.parse(text);
    }
}
