package io.sluice.run.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.run.expression.Json;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The copy of the deployments feed. */
public final class DeploymentStore {

    private static final String UPSERT = """
            insert into deployment (integration_id, tenant, revision, deleted, problem, document)
            values (:id, :tenant, :revision, :deleted, :problem, :document::jsonb)
            on conflict (integration_id) do update
               set tenant = excluded.tenant, revision = excluded.revision, deleted = excluded.deleted,
                   problem = excluded.problem, document = excluded.document
             where deployment.revision < excluded.revision
            """;

    private static final String MOVE = """
            insert into feed_position (singleton, epoch, revision) values (true, :epoch, :revision)
            on conflict (singleton) do update set epoch = excluded.epoch, revision = excluded.revision
            """;

    private final Jdbi jdbi;

    public DeploymentStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Where the copy stands; before the first page, nowhere. */
    public record Position(String epoch, long revision) {}

    /**
     * A deployment as it is stored.
     *
     * @param problem why this version cannot run it, or null
     */
    public record Stored(Deployment deployment, @Nullable String problem) {}

    public Optional<Position> position() {
        return jdbi.withHandle(handle -> handle.createQuery("select epoch, revision from feed_position")
                .map((row, context) -> new Position(row.getString("epoch"), row.getLong("revision")))
                .findOne());
    }

    /** An integration that is deployed and not deleted. */
    public Optional<Stored> find(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select document, problem from deployment
                         where integration_id = :id and tenant = :tenant and not deleted
                        """)
                .bind("id", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> stored(row.getString("document"), row.getString("problem")))
                .findOne());
    }

    /** How many deployments this version does not understand. */
    public int unsupported() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select count(*) from deployment where problem is not null and not deleted")
                .mapTo(Integer.class)
                .one());
    }

    /** Reads again what an earlier version did not understand: this one may. */
    public void retryUnsupported() {
        jdbi.useTransaction(handle -> {
            handle.execute("""
                    update feed_position
                       set revision = least(revision, coalesce((select min(revision) - 1 from deployment
                                                                 where problem is not null and not deleted), revision))
                    """);
            handle.execute("update deployment set revision = revision - 1 where problem is not null and not deleted");
        });
    }

    /** @return whether it was newer than what was there */
    public static boolean upsert(Handle handle, JsonNode document, @Nullable String problem) {
        return handle.createUpdate(UPSERT)
                        .bind(
                                "id",
                                UUID.fromString(document.path("integrationId").asText()))
                        .bind("tenant", document.path("tenant").asText())
                        .bind("revision", document.path("revision").asLong())
                        .bind("deleted", document.path("deleted").asBoolean())
                        .bind("problem", problem)
                        .bind("document", StepLogStore.text(document))
                        .execute()
                == 1;
    }

    public static void move(Handle handle, Position position) {
        handle.createUpdate(MOVE)
                .bind("epoch", position.epoch())
                .bind("revision", position.revision())
                .execute();
    }

    /** Another database: its revisions count anew, and what it does not name again is gone. */
    public static void restart(Handle handle, String epoch) {
        handle.execute("update deployment set revision = -1");
        move(handle, new Position(epoch, 0));
    }

    /** Ids of what a restarted feed has not named again. */
    public static java.util.List<UUID> forgotten(Handle handle) {
        return handle.createQuery("select integration_id from deployment where revision = -1 and not deleted")
                .mapTo(UUID.class)
                .list();
    }

    public static void markDeleted(Handle handle, UUID integrationId) {
        handle.createUpdate("update deployment set deleted = true, revision = 0 where integration_id = :id")
                .bind("id", integrationId)
                .execute();
    }

    /** Reads a stored document; what cannot be read has a problem. */
    public static Stored stored(String document, @Nullable String problem) {
        JsonNode node = Json.parse(document);
        if (problem != null) {
            return new Stored(minimal(node), problem);
        }
        return new Stored(Json.parse(document, Deployment.class), null);
    }

    private static Deployment minimal(JsonNode node) {
        return new Deployment(
                UUID.fromString(node.path("integrationId").asText()),
                node.path("tenant").asText(),
                node.path("revision").asLong(),
                node.path("deleted").asBoolean(),
                null,
                null,
                null,
                java.util.Map.of(),
                null,
                java.util.List.of(),
                null);
    }
}
