package io.sluice.ingress.endpoint;

import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.deployment.Deployment;
import java.util.UUID;

/** Where a URL leads. */
public sealed interface Endpoint {

    /** Calls are taken. */
    record Open(Deployment deployment, DeployedWebhook webhook) implements Endpoint {
        public UUID integrationId() {
            return deployment.integrationId();
        }
    }

    /** Known, but this version cannot run it: the sender may try again later. */
    record Unsupported() implements Endpoint {}

    /** Unknown, disabled or rotated away: nobody outside can tell which. */
    record Closed() implements Endpoint {}
}
