package io.sluice.system.stack;

import io.sluice.local.ServiceCommand;
import io.sluice.local.ServiceName;
import io.sluice.local.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which services run as native executables: all with {@code -Dnative}, some with
 * {@code -Dsluice.native=webhook-ingress-service,…}.
 */
final class NativeServices {

    private NativeServices() {}

    static StackOptions applyTo(StackOptions options) {
        StackOptions result = options;
        for (ServiceName service : wanted()) {
            result = result.withCommand(service, ServiceCommand.executable(executable(options.projectRoot(), service)));
        }
        return result;
    }

    private static Set<ServiceName> wanted() {
        List<String> modules = Arrays.stream(
                        System.getProperty("sluice.native", "").split(",", -1))
                .map(String::strip)
                .filter(module -> !module.isEmpty())
                .toList();
        List<String> known =
                Arrays.stream(ServiceName.values()).map(ServiceName::module).toList();
        if (!known.containsAll(modules)) {
            throw new IllegalArgumentException("sluice.native is " + modules + "; there are " + known);
        }
        String all = System.getProperty("native", "false");
        return Arrays.stream(ServiceName.values())
                .filter(service -> !all.equals("false") || modules.contains(service.module()))
                .collect(Collectors.toSet());
    }

    private static Path executable(Path root, ServiceName service) {
        Path target = root.resolve(service.module()).resolve("target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no native executable " + target + "/*-runner"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
