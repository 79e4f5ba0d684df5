package io.sluice.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code ./sluice up}: starts the stack, tells where it is, and ends it on Ctrl-C, SIGTERM or the death of a child. */
public final class Launcher {

    /** On Ctrl-C the terminal ends the children too, perhaps a moment before our own shutdown begins. */
    private static final Duration SHUTDOWN_HEAD_START = Duration.ofMillis(500);

    private static final String USAGE = "Usage: ./sluice up [--fresh] [--native]";

    private Launcher() {}

    public static void main(String[] arguments) throws InterruptedException {
        long start = System.nanoTime();
        List<String> words = List.of(arguments);
        if (!List.of("--fresh", "--native").containsAll(words)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        try {
            StackOptions options = options(words, System.getenv());
            run(LocalStack.prepare(options, System.out::println), start);
        } catch (StackException e) {
            System.err.println(e.getMessage());
        }
        System.exit(1);
    }

    private static void run(LocalStack stack, long start) throws InterruptedException {
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stack, ending), "sluice-end"));
        System.out.println("Starting PostgreSQL, Keycloak, the three services and the demo systems…");
        StackException failure = launchAndWatch(stack, start);
        Thread.sleep(SHUTDOWN_HEAD_START);
        if (!ending.get()) {
            System.err.println(failure.getMessage());
        }
    }

    private static StackException launchAndWatch(LocalStack stack, long start) {
        try {
            stack.launch();
            System.out.println(new Welcome(stack.ports()).text(Duration.ofNanos(System.nanoTime() - start)));
            return stack.awaitFailure();
        } catch (StackException e) {
            return e;
        }
    }

    private static void end(LocalStack stack, AtomicBoolean ending) {
        ending.set(true);
        stack.close();
    }

    private static StackOptions options(List<String> words, Map<String, String> environment) {
        Path root = Path.of(System.getProperty("sluice.root", ""));
        StackOptions options = StackOptions.of(root)
                .withPorts(StackPorts.fromEnvironment(environment))
                .withFresh(words.contains("--fresh"));
        if (words.contains("--native")) {
            for (ServiceName service : ServiceName.values()) {
                options = options.withCommand(service, ServiceCommand.executable(nativeExecutable(root, service)));
            }
        }
        return options;
    }

    private static Path nativeExecutable(Path root, ServiceName service) {
        Path target = root.resolve(service.module()).resolve("target").toAbsolutePath();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> matches = Files.newDirectoryStream(target, "*-runner")) {
                Iterator<Path> found = matches.iterator();
                if (found.hasNext()) {
                    return found.next();
                }
            } catch (IOException e) {
                throw new StackException("Cannot read " + target + ": " + e.getMessage(), e);
            }
        }
        throw new StackException(
                "%s has no native executable (%s/*-runner is missing). Build it: ./mvnw -Dnative package"
                        .formatted(service.module(), target));
    }
}
