package io.sluice.ingress.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.deployment.Deployment;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.deployment.DeploymentSink;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the tokens of deployments. */
@Singleton
public class EndpointSink implements DeploymentSink {

    private final Verifiers verifiers;

    public EndpointSink(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    @Override
    public @Nullable String problem(Deployment deployment) {
        DeployedWebhook webhook = deployment.webhook();
        return webhook == null || verifiers.knows(webhook.verification().scheme())
                ? null
                : "the verification “" + webhook.verification().scheme() + "” is not known here";
    }

    @Override
    public void apply(Handle handle, @Nullable Deployment deployment, JsonNode raw) {
        UUID id = UUID.fromString(raw.path("integrationId").asText());
        remove(handle, id);
        // From the raw document, so that an endpoint which this version does not understand answers 503 and not 404.
        for (JsonNode token : raw.path("webhook").path("tokens")) {
            handle.createUpdate("""
                            insert into endpoint_token (sha256, integration_id, valid_until)
                            values (:sha256, :id, :until::timestamptz) on conflict (sha256) do nothing
                            """)
                    .bind("sha256", token.path("sha256").asText())
                    .bind("id", id)
                    .bind(
                            "until",
                            token.hasNonNull("until") ? token.get("until").asText() : null)
                    .execute();
        }
    }

    @Override
    public void remove(Handle handle, UUID integrationId) {
        handle.createUpdate("delete from endpoint_token where integration_id = :id")
                .bind("id", integrationId)
                .execute();
    }

    @Override
    public void changed() {
        // Each call reads the database: nothing is cached that a change would have to reach.
    }
}
