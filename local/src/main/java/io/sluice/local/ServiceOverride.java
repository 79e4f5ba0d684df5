package io.sluice.local;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a caller wants different for one service: another program, or more environment. */
public record ServiceOverride(Optional<ServiceCommand> command, Map<String, String> environment) {

    public static final ServiceOverride NONE = new ServiceOverride(Optional.empty(), Map.of());

    public ServiceOverride {
        environment = Map.copyOf(environment);
    }

    ServiceOverride withCommand(ServiceCommand other) {
        return new ServiceOverride(Optional.of(other), environment);
    }

    ServiceOverride withVariable(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new ServiceOverride(command, more);
    }
}
