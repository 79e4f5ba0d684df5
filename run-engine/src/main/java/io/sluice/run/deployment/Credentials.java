package io.sluice.run.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.DeployedConnection;
import io.sluice.contract.deployment.Deployment;
import io.sluice.run.expression.Json;
import io.sluice.run.http.Credential;
import io.sluice.run.http.HttpFailure;
import io.sluice.run.seal.Opener;
import io.sluice.run.seal.SealException;
import io.sluice.run.store.DeploymentStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Opens the connections of deployments. Read when a call is made, so that a changed credential is used at once. */
public final class Credentials {

    private final DeploymentStore deployments;
    private final Opener opener;

    public Credentials(DeploymentStore deployments, Opener opener) {
        this.deployments = deployments;
        this.opener = opener;
    }

    /**
     * The credential that fills a slot of an integration.
     *
     * @throws HttpFailure when it is there and cannot be opened
     */
    public Optional<Credential> of(String tenant, UUID integrationId, String slot) {
        return deployments
                .find(tenant, integrationId)
                .map(DeploymentStore.Stored::deployment)
                .map(Deployment::connections)
                .map(connections -> connections.get(slot))
                .map(connection -> open(tenant, connection));
    }

    /** @throws HttpFailure when it cannot be opened */
    public Credential open(String tenant, DeployedConnection connection) {
        try {
            JsonNode secrets = Json.parse(opener.open(connection.sealed(), tenant, connection.id()));
            Map<String, String> opened = new HashMap<>();
            secrets.properties()
                    .forEach(secret ->
                            opened.put(secret.getKey(), secret.getValue().asText()));
            return new Credential(
                    connection.id(), connection.kind(), connection.settings(), Map.copyOf(opened), connection.limits());
        } catch (SealException e) {
            throw new HttpFailure(
                    HttpFailure.Reason.CREDENTIAL,
                    "the connection's secrets " + e.getMessage() + "; save the connection again",
                    null,
                    e);
        }
    }
}
