package io.sluice.benchmarks.peer;

import io.sluice.benchmarks.load.SignedCalls;
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
import java.util.stream.Stream;

/** Debian's webhook: checks the signature and starts /bin/true for each call. It stores nothing. */
public final class DebianWebhook implements Peer {

    private static final Duration INSTALL = Duration.ofMinutes(2);

    private final URI url;
    private final Child child;

    /** @throws Unavailable when it is neither installed nor can be fetched */
    public DebianWebhook(Path peers, String secret) {
        Path folder = peers.resolve("webhook");
        Path program = Programs.find(
                        "webhook", List.of(folder.resolve("usr/bin").toAbsolutePath()))
                .orElseGet(() -> fetched(folder));
        int port = Child.freePort();
        url = URI.create("http://127.0.0.1:" + port);
        try {
            Files.writeString(Files.createDirectories(folder).resolve("hooks.json"), """
                    [{"id": "bench", "execute-command": "/bin/true", "success-http-response-code": 202,
                      "trigger-rule-mismatch-http-response-code": 401,
                      "trigger-rule": {"match": {"type": "payload-hmac-sha256", "secret": "%s",
                        "parameter": {"source": "header", "name": "%s"}}}}]
                    """.formatted(
                            secret, SignedCalls.SIGNATURE_HEADER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        child = new Child(
                "webhook",
                folder,
                Map.of(),
                List.of(
                        program.toString(),
                        "-hooks",
                        "hooks.json",
                        "-ip",
                        "127.0.0.1",
                        "-port",
                        Integer.toString(port)));
        child.awaitReady(HttpRequest.newBuilder(url.resolve("/")).build(), status -> true);
    }

    /** Unpacked beside the other peers: a benchmark does not install anything on the machine. */
    private static Path fetched(Path folder) {
        run(folder, "apt-get", "download", "webhook");
        try (Stream<Path> files = Files.list(folder)) {
            Path archive = files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new Unavailable("apt-get fetched no package"));
            run(folder, "dpkg-deb", "-x", archive.getFileName().toString(), ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve("usr/bin/webhook").toAbsolutePath();
    }

    private static void run(Path folder, String program, String... arguments) {
        Path found = Programs.find(program, List.of()).orElseThrow(() -> new Unavailable("there is no " + program));
        Programs.run(
                folder,
                INSTALL,
                Map.of(),
                Stream.concat(Stream.of(found.toString()), Stream.of(arguments)).toList());
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String path() {
        return "/hooks/bench";
    }

    @Override
    public void close() {
        child.close();
    }
}
