package io.sluice.contract.probe;

import io.sluice.contract.deployment.DeployedConnection;
import jakarta.validation.constraints.NotNull;

/** A call to make with a sealed connection, by the service that can open it. */
public record InternalProbe(
        @NotNull String tenant,
        @NotNull DeployedConnection connection,
        @NotNull String url) {}
