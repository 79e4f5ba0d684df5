package io.sluice.benchmarks.ingress;

import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.process.Child;
import io.sluice.benchmarks.process.JvmProbe;
import io.sluice.benchmarks.queue.Server;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packaged webhook-ingress-service in a process of its own, its executor on. */
final class Service implements AutoCloseable {

    /** A fixed heap that is touched at the start, so that resident size grows by what is outside it alone. */
    static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    /** Words for the JVM after ours, such as those that make it write a profile. */
    private static final String MORE = "SLUICE_BENCH_INGRESS_OPTIONS";

    private final Child child;
    private final URI url;
    private @Nullable JvmProbe probe;

    Service(Server.Database database, PlatformStub platform, String sealingKey, Path folder) {
        int port = Child.freePort();
        int management = Child.freePort();
        url = URI.create("http://127.0.0.1:" + port);
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
        child = new Child("ingress", folder, environment, command());
        URI ready = URI.create("http://127.0.0.1:" + management + "/q/health/ready");
        child.awaitReady(HttpRequest.newBuilder(ready).build(), status -> status == 200);
    }

    static Path jar() {
        return Path.of(System.getProperty("sluice.root", "."))
                .toAbsolutePath()
                .normalize()
                .resolve("webhook-ingress-service/target/quarkus-app/quarkus-run.jar");
    }

    private static List<String> command() {
        if (!Files.exists(jar())) {
            throw new IllegalStateException("webhook-ingress-service is not built: " + jar() + " is missing");
        }
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(OPTIONS);
        String more = System.getenv().getOrDefault(MORE, "").strip();
        if (!more.isEmpty()) {
            command.addAll(List.of(more.split("\\s+")));
        }
        command.addAll(List.of("-jar", jar().toString()));
        return command;
    }

    URI url() {
        return url;
    }

    double residentMegabytes() {
        return Machine.residentMegabytes(child.pid());
    }

    /** What a collection that is made for this leaves. */
    double heapMegabytes() {
        if (probe == null) {
            probe = new JvmProbe(child.pid());
        }
        return probe.heapMegabytes();
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
        }
        child.close();
    }
}
