package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.process.Child;
import io.sluice.benchmarks.process.Programs;
import io.sluice.benchmarks.process.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Node-RED with the shortest flow there is: http in, http response. It checks no signature and stores nothing. */
public final class NodeRed implements Peer {

    private static final String VERSION = "4.1.15";
    private static final Duration INSTALL = Duration.ofMinutes(5);
    private static final String FLOW = """
            [{"id": "tab", "type": "tab", "label": "bench"},
             {"id": "in", "type": "http in", "z": "tab", "url": "/hook", "method": "post", "wires": [["out"]]},
             {"id": "out", "type": "http response", "z": "tab", "statusCode": "202", "wires": []}]
            """;

    private final URI url;
    private final Child child;

    /** @throws Unavailable when it cannot be installed */
    public NodeRed(Path peers) {
        Path folder = peers.resolve("node-red-" + VERSION);
        Path program = installed(folder);
        int port = Child.freePort();
        url = URI.create("http://127.0.0.1:" + port);
        try {
            Files.writeString(folder.resolve("flows.json"), FLOW);
            Files.writeString(folder.resolve("settings.js"), """
                    module.exports = { uiHost: "127.0.0.1", uiPort: %d, userDir: __dirname, flowFile: "flows.json",
                      httpAdminRoot: false, logging: { console: { level: "warn" } } };
                    """.formatted(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        child = new Child(
                "node-red",
                folder,
                Map.of("NODE_ENV", "production"),
                List.of("node", program.toString(), "--settings", "settings.js"));
        HttpRequest probe = HttpRequest.newBuilder(url.resolve(path()))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        child.awaitReady(probe, status -> status == 202);
    }

    private static Path installed(Path folder) {
        Path program = folder.resolve("node_modules/node-red/red.js").toAbsolutePath();
        if (!Files.exists(program)) {
            Path npm = Programs.find("npm", List.of()).orElseThrow(() -> new Unavailable("there is no npm"));
            Programs.run(
                    folder,
                    INSTALL,
                    Map.of(),
                    List.of(
                            npm.toString(),
                            "install",
                            "--prefix",
                            ".",
                            "--no-audit",
                            "--no-fund",
                            "--omit=optional",
                            "node-red@" + VERSION));
        }
        return program;
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String path() {
        return "/hook";
    }

    @Override
    public void close() {
        child.close();
    }
}
