package io.sluice.ingress.endpoint;

import io.sluice.run.store.DeploymentStore;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Finds endpoints by their token; the one lookup without a tenant, since it is what yields it. */
@Singleton
public class EndpointStore {

    // Of what is not open the document is not read: unknown, disabled and rotated away cost the same.
    private static final String FIND = """
            select t.sha256, t.valid_until, t.enabled, d.document, d.problem
              from endpoint_token t join deployment d on d.integration_id = t.integration_id and not d.deleted
             where t.sha256 = any(:hashes) and (t.valid_until is null or t.valid_until > now())
               and (t.enabled or t.scheme = any(:schemes))
            """;

    private static final String OF_INTEGRATION = """
            select t.sha256, t.valid_until, t.enabled, d.document, d.problem
              from endpoint_token t join deployment d on d.integration_id = t.integration_id and not d.deleted
             where d.integration_id = :id and d.tenant = :tenant and t.valid_until is null
            """;

    private static final String CHANGED = """
            select integration_id from deployment where revision > :after and revision <= :until
            """;

    private final Jdbi jdbi;
    private final EndpointMaker maker;

    EndpointStore(Jdbi jdbi, EndpointMaker maker) {
        this.jdbi = jdbi;
        this.maker = maker;
    }

    /**
     * Those among the hashes that lead somewhere.
     *
     * @param schemes whose endpoints are found while they are disabled
     */
    Map<String, Endpoint> find(Collection<String> hashes, Set<String> schemes) {
        Map<String, Endpoint> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(FIND)
                .bindArray("hashes", String.class, hashes.toArray())
                .bindArray("schemes", String.class, schemes.toArray())
                .map((row, context) -> new Row(
                        url(row.getString("sha256"), row.getTimestamp("valid_until"), row.getBoolean("enabled")),
                        row.getString("document"),
                        row.getString("problem")))
                .forEach(row -> found.put(row.url().sha256(), endpoint(row))));
        return found;
    }

    /** The endpoint of a tenant's integration, at its current URL; also a disabled one. */
    public Optional<Endpoint> of(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_INTEGRATION)
                .bind("id", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> new Row(
                        url(row.getString("sha256"), row.getTimestamp("valid_until"), row.getBoolean("enabled")),
                        row.getString("document"),
                        row.getString("problem")))
                .findFirst()
                .map(this::endpoint));
    }

    /** Whose deployments came after a revision. */
    List<UUID> changed(long after, long until) {
        return jdbi.withHandle((Handle handle) -> handle.createQuery(CHANGED)
                .bind("after", after)
                .bind("until", until)
                .mapTo(UUID.class)
                .list());
    }

    private record Row(
            Endpoint.Url url,
            String document,
            @org.jspecify.annotations.Nullable String problem) {}

    private static Endpoint.Url url(
            String sha256, @org.jspecify.annotations.Nullable Timestamp until, boolean enabled) {
        return new Endpoint.Url(sha256, until == null ? null : until.toInstant(), enabled);
    }

    private Endpoint endpoint(Row row) {
        DeploymentStore.Stored stored = DeploymentStore.stored(row.document(), row.problem());
        return stored.problem() != null
                ? new Endpoint.Unsupported(stored.problem())
                : maker.make(stored.deployment(), row.url());
    }
}
