package io.sluice.contract.deployment;

import io.sluice.contract.connection.ConnectionKind;
import java.util.Map;
import java.util.UUID;

/**
 * A connection as a trigger service gets it.
 *
 * @param sealed the secrets, as a JSON object, sealed for the receiving service alone (compact text, see Sealer)
 */
public record DeployedConnection(UUID id, ConnectionKind kind, Map<String, String> settings, String sealed) {
    @Override
    public String toString() {
        return "DeployedConnection[id=" + id + ", kind=" + kind + "]";
    }
}
