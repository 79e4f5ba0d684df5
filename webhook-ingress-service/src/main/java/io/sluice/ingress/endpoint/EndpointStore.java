package io.sluice.ingress.endpoint;

import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.run.store.DeploymentStore;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jdbi.v3.core.Jdbi;

/** Finds endpoints by their token; the one lookup without a tenant, since it is what yields it. */
@Singleton
public class EndpointStore {

    private static final String FIND = """
            select d.document, d.problem
              from endpoint_token t join deployment d on d.integration_id = t.integration_id
             where t.sha256 = :sha256 and not d.deleted and (t.valid_until is null or t.valid_until > now())
            """;

    private final Jdbi jdbi;

    public EndpointStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    public Endpoint find(String token) {
        return jdbi.withHandle(handle -> handle.createQuery(FIND)
                .bind("sha256", sha256(token))
                .map((row, context) ->
                        endpoint(DeploymentStore.stored(row.getString("document"), row.getString("problem"))))
                .findOne()
                .orElseGet(Endpoint.Closed::new));
    }

    private static Endpoint endpoint(DeploymentStore.Stored stored) {
        if (stored.problem() != null) {
            return new Endpoint.Unsupported();
        }
        DeployedWebhook webhook = stored.deployment().webhook();
        return webhook == null || !webhook.enabled()
                ? new Endpoint.Closed()
                : new Endpoint.Open(stored.deployment(), webhook);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
