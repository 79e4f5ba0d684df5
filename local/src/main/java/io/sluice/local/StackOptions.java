package io.sluice.local;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * What to start and where.
 *
 * @param projectRoot the repository, in which the services are built
 * @param dataDirectory where the stack keeps everything it writes; one stack at a time
 * @param keycloakDirectory the unpacked distribution
 * @param fresh whether to delete the data of an earlier stack first
 */
public record StackOptions(
        Path projectRoot,
        Path dataDirectory,
        Path keycloakDirectory,
        StackPorts ports,
        Map<ServiceName, ServiceOverride> overrides,
        boolean fresh) {

    private static final String KEYCLOAK = "local/target/keycloak/keycloak-26.7.3";

    public StackOptions {
        projectRoot = projectRoot.toAbsolutePath().normalize();
        dataDirectory = dataDirectory.toAbsolutePath().normalize();
        keycloakDirectory = keycloakDirectory.toAbsolutePath().normalize();
        requireNonNull(ports, "ports");
        overrides = Map.copyOf(overrides);
    }

    /** The services as built in this repository, the standard ports, data under {@code .local}. */
    public static StackOptions of(Path projectRoot) {
        return new StackOptions(
                projectRoot,
                projectRoot.resolve(".local"),
                projectRoot.resolve(KEYCLOAK),
                StackPorts.standard(),
                Map.of(),
                false);
    }

    public StackOptions withDataDirectory(Path other) {
        return new StackOptions(projectRoot, other, keycloakDirectory, ports, overrides, fresh);
    }

    public StackOptions withKeycloakDirectory(Path other) {
        return new StackOptions(projectRoot, dataDirectory, other, ports, overrides, fresh);
    }

    public StackOptions withPorts(StackPorts other) {
        return new StackOptions(projectRoot, dataDirectory, keycloakDirectory, other, overrides, fresh);
    }

    public StackOptions withFresh(boolean other) {
        return new StackOptions(projectRoot, dataDirectory, keycloakDirectory, ports, overrides, other);
    }

    /** Runs this command in place of the service's jar, for example its native executable. */
    public StackOptions withCommand(ServiceName service, ServiceCommand command) {
        return withOverride(service, override(service).withCommand(command));
    }

    /** Adds to the environment of a service; wins over what the stack sets itself. */
    public StackOptions withVariable(ServiceName service, String variable, String value) {
        return withOverride(service, override(service).withVariable(variable, value));
    }

    ServiceOverride override(ServiceName service) {
        return overrides.getOrDefault(service, ServiceOverride.NONE);
    }

    private StackOptions withOverride(ServiceName service, ServiceOverride override) {
        Map<ServiceName, ServiceOverride> more = new EnumMap<>(ServiceName.class);
        more.putAll(overrides);
        more.put(service, override);
        return new StackOptions(projectRoot, dataDirectory, keycloakDirectory, ports, more, fresh);
    }
}
