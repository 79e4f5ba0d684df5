package io.sluice.benchmarks.process;

import io.sluice.benchmarks.measure.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/** A server that a benchmark starts and ends; what it prints goes to a file. */
public final class Child implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration STOP = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit = new Thread(this::kill);

    /** What a deployment of ours left in the environment is not handed on: it would change what is measured. */
    public Child(String name, Path folder, Map<String, String> environment, List<String> words) {
        this.name = name;
        try {
            log = Files.createDirectories(folder).resolve(name + ".log");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("SLUICE_") || key.startsWith("QUARKUS_"));
            builder.environment().putAll(environment);
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that nobody listens to now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** @throws IllegalStateException when the answer that says it is ready does not come in time */
    public void awaitReady(HttpRequest request, IntPredicate ready) {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Waiting.until(
                    () -> answers(client, request, ready), LOOK, START, name + " was not ready (see " + log + ")");
        }
    }

    private boolean answers(HttpClient client, HttpRequest request, IntPredicate ready) {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended by itself, see " + log);
        }
        try {
            return ready.test(
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void kill() {
        process.destroyForcibly();
    }
}
