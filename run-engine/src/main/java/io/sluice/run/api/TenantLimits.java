package io.sluice.run.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.sluice.run.step.Limits;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The limits of each tenant's runs: its own where they are set, the deployment's otherwise. */
final class TenantLimits implements Function<String, Limits> {

    private final Limits deployment;
    private final Map<String, Limits> tenants;

    private TenantLimits(Limits deployment, Map<String, Limits> tenants) {
        this.deployment = deployment;
        this.tenants = tenants;
    }

    /** @throws IllegalArgumentException when limits contradict one another, so that the service does not start */
    static TenantLimits of(RunLimitsConfig all, Map<String, TenantLimitsConfig> own) {
        Limits deployment = new Limits(
                all.timeout(),
                all.longestTimeout(),
                all.steps(),
                all.expressionNodes(),
                all.expressionDepth(),
                all.valueBytes().asLongValue(),
                all.runBytes().asLongValue());
        return new TenantLimits(
                deployment,
                own.entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, tenant -> merged(tenant.getValue(), deployment))));
    }

    private static Limits merged(TenantLimitsConfig own, Limits deployment) {
        return new Limits(
                own.timeout().orElse(deployment.timeout()),
                own.longestTimeout().orElse(deployment.longestTimeout()),
                own.steps().orElse(deployment.steps()),
                own.expressionNodes().orElse(deployment.expressionNodes()),
                own.expressionDepth().orElse(deployment.expressionDepth()),
                own.valueBytes().map(MemorySize::asLongValue).orElse(deployment.valueBytes()),
                own.runBytes().map(MemorySize::asLongValue).orElse(deployment.runBytes()));
    }

    @Override
    public Limits apply(String tenant) {
        return tenants.getOrDefault(tenant, deployment);
    }
}
