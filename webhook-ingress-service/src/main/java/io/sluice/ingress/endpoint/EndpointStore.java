package io.sluice.ingress.endpoint;

import io.sluice.run.store.DeploymentStore;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
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
             where t.sha256 = any(:hashes) and (t.valid_until is null or t.valid_until > now()) and t.enabled
            """;

    // Each URL with the schemes that were asked for at this very one.
    private static final String FIND_FOR_HANDSHAKE = """
            select distinct on (t.sha256, asked.question)
                   asked.question, t.sha256, t.valid_until, t.enabled, d.document, d.problem
              from unnest(:questions::integer[], :hashes::text[], :schemes::text[]) asked (question, sha256, scheme)
              join endpoint_token t on t.sha256 = asked.sha256 and (t.enabled or t.scheme = asked.scheme)
              join deployment d on d.integration_id = t.integration_id and not d.deleted
             where t.valid_until is null or t.valid_until > now()
            """;

    private static final String OF_INTEGRATION = """
            select t.sha256, t.valid_until, t.enabled, d.document, d.problem
              from endpoint_token t join deployment d on d.integration_id = t.integration_id and not d.deleted
             where d.integration_id = :id and d.tenant = :tenant and t.valid_until is null
            """;

    private static final String CHANGED = """
            select integration_id from deployment where revision > :after and revision <= :until
            """;

    private static final String DELETED = """
            select integration_id from deployment where integration_id = any(:ids::uuid[]) and deleted
            """;

    private final Jdbi jdbi;
    private final EndpointMaker maker;

    EndpointStore(Jdbi jdbi, EndpointMaker maker) {
        this.jdbi = jdbi;
        this.maker = maker;
    }

    /**
     * What looks like a handshake, at a URL by its token's hash.
     *
     * @param schemes whose endpoints are found while they are disabled
     */
    record Handshake(String sha256, Set<String> schemes) {}

    /** Where handshakes lead, by their place in the list; those that lead nowhere are missing. */
    Map<Integer, Endpoint> find(List<Handshake> handshakes) {
        List<Integer> questions = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        List<String> schemes = new ArrayList<>();
        for (int i = 0; i < handshakes.size(); i++) {
            for (String scheme : handshakes.get(i).schemes()) {
                questions.add(i);
                hashes.add(handshakes.get(i).sha256());
                schemes.add(scheme);
            }
        }
        Map<Integer, Endpoint> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(FIND_FOR_HANDSHAKE)
                .bindArray("questions", Integer.class, questions.toArray())
                .bindArray("hashes", String.class, hashes.toArray())
                .bindArray("schemes", String.class, schemes.toArray())
                .map((row, context) -> Map.entry(row.getInt("question"), row(row)))
                .forEach(row -> found.put(row.getKey(), endpoint(row.getValue()))));
        return found;
    }

    /** Those among the hashes that lead to what is open. */
    Map<String, Endpoint> find(Collection<String> hashes) {
        Map<String, Endpoint> found = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery(FIND)
                .bindArray("hashes", String.class, hashes.toArray())
                .map((row, context) -> row(row))
                .forEach(row -> found.put(row.url().sha256(), endpoint(row))));
        return found;
    }

    /** The endpoint of a tenant's integration, at its current URL; also a disabled one. */
    public Optional<Endpoint> of(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery(OF_INTEGRATION)
                .bind("id", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> row(row))
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

    /** Those among integrations that are deployed no more. */
    List<UUID> deleted(Collection<UUID> integrations) {
        return jdbi.withHandle((Handle handle) -> handle.createQuery(DELETED)
                .bindArray("ids", UUID.class, integrations.toArray())
                .mapTo(UUID.class)
                .list());
    }

    private record Row(
            Endpoint.Url url,
            String document,
            @org.jspecify.annotations.Nullable String problem) {}

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                url(row.getString("sha256"), row.getTimestamp("valid_until"), row.getBoolean("enabled")),
                row.getString("document"),
                row.getString("problem"));
    }

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
