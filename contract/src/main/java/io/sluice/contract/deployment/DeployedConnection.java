package io.sluice.contract.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.contract.connection.CallLimits;
import io.sluice.contract.connection.ConnectionKind;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a trigger service gets it.
 *
 * @param sealed the secrets, as a JSON object, sealed for the receiving service alone (compact text, see Sealer)
 * @param limits of calls, where the connection has its own; only then written, so that services of an earlier version
 *     read all others
 */
public record DeployedConnection(
        UUID id,
        ConnectionKind kind,
        Map<String, String> settings,
        String sealed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CallLimits limits) {
    @Override
    public String toString() {
        return "DeployedConnection[id=" + id + ", kind=" + kind + "]";
    }
}
