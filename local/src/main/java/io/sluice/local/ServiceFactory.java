package io.sluice.local;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes the processes of the services from the options. */
final class ServiceFactory {

    private final StackOptions options;
    private final DataDirectory data;
    private final ServiceEnvironment environment;
    private final ChildRegister register;
    private final Consumer<StackException> onDeath;

    ServiceFactory(
            StackOptions options,
            DataDirectory data,
            ServiceEnvironment environment,
            ChildRegister register,
            Consumer<StackException> onDeath) {
        this.options = options;
        this.data = data;
        this.environment = environment;
        this.register = register;
        this.onDeath = onDeath;
    }

    static void requireBuilt(StackOptions options) {
        for (ServiceName service : ServiceName.values()) {
            if (options.override(service).command().isEmpty() && !Files.exists(jar(options, service))) {
                throw new StackException("%s is not built (%s is missing). Build it: ./mvnw -DskipTests package"
                        .formatted(service.module(), jar(options, service)));
            }
        }
    }

    ServiceProcess create(ServiceName service) {
        return create(
                service,
                service.module(),
                options.ports().number(service.port()),
                options.ports().number(service.managementPort()),
                Map.of());
    }

    /** @param more wins over what the stack's own copy gets */
    ServiceProcess replica(ServiceName service, int httpPort, int managementPort, Map<String, String> more) {
        return create(service, service.module() + "-" + httpPort, httpPort, managementPort, more);
    }

    private ServiceProcess create(
            ServiceName service, String name, int httpPort, int managementPort, Map<String, String> more) {
        ServiceOverride override = options.override(service);
        Map<String, String> variables = new HashMap<>(environment.of(service, httpPort, managementPort));
        variables.putAll(override.environment());
        variables.putAll(more);
        List<String> words =
                override.command().orElseGet(() -> jarCommand(service)).words(data.mark());
        ChildProcess child = new ChildProcess(name, words, variables, data.log(name), register, onDeath);
        return new ServiceProcess(child, local(httpPort), local(managementPort));
    }

    /**
     * Small heaps and the compiler's first tier alone: four JVMs share a developer's machine, and the second tier costs
     * more at the start than it gives back in a local stack. Benchmarks pass a command of their own.
     */
    private ServiceCommand jarCommand(ServiceName service) {
        return ServiceCommand.jar(
                jar(options, service),
                List.of("-XX:+UseSerialGC", "-Xmx" + service.maxHeap(), "-XX:TieredStopAtLevel=1"));
    }

    private static Path jar(StackOptions options, ServiceName service) {
        return options.projectRoot().resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
