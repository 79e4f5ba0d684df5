package io.sluice.benchmarks.platform;

import io.sluice.benchmarks.process.Child;
import io.sluice.benchmarks.queue.Server;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A packaged trigger service in a process of its own, its executor on, reachable from this machine alone. */
public final class PackagedService implements AutoCloseable {

    /** A fixed heap that is touched at the start, so that resident size grows by what is outside it alone. */
    public static final List<String> OPTIONS =
            List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private final Child child;
    private final URI url;
    private final URI ready;

    /**
     * Which one.
     *
     * @param module of the build
     * @param name of its log
     * @param options name of the variable with words for the JVM after ours, such as those that make it write a profile
     */
    public record Kind(String module, String name, String options) {

        Path jar() {
            return Path.of(System.getProperty("sluice.root", "."))
                    .toAbsolutePath()
                    .normalize()
                    .resolve(module + "/target/quarkus-app/quarkus-run.jar");
        }
    }

    /** Returns at once: {@link #awaitReady} waits. */
    public PackagedService(Kind kind, Server.Database database, PlatformStub platform, String sealingKey, Path folder) {
        int port = Child.freePort();
        int management = Child.freePort();
        url = URI.create("http://127.0.0.1:" + port);
        ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        environment.put("SLUICE_DB_URL", database.jdbcUrl());
        environment.put("SLUICE_DB_USER", database.user());
        environment.put("SLUICE_DB_PASSWORD", "trusted");
        environment.put("SLUICE_OIDC_URL", platform.url());
        environment.put("SLUICE_OIDC_SECRET", "of-the-benchmark");
        environment.put("SLUICE_INTEGRATIONS_URL", platform.url());
        environment.put("SLUICE_SEALING_PRIVATE_KEYS", sealingKey);
        environment.put("SLUICE_WEBHOOK_BASE_URL", url.toString());
        environment.put("SLUICE_OUTBOUND_ALLOW", "127.0.0.1");
        child = new Child(kind.name(), folder, environment, command(kind));
    }

    private static List<String> command(Kind kind) {
        if (!Files.exists(kind.jar())) {
            throw new IllegalStateException(kind.module() + " is not built: " + kind.jar() + " is missing");
        }
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(OPTIONS);
        String more = System.getenv().getOrDefault(kind.options(), "").strip();
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split("\\s+")));
        }
        command.addAll(List.of("-jar", kind.jar().toString()));
        return command;
    }

    public void awaitReady() {
        child.awaitReady(HttpRequest.newBuilder(ready).build(), status -> status == 200);
    }

    public URI url() {
        return url;
    }

    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }
}
