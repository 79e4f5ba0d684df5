package io.sluice.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A program of the stack with a log of its own. It can be started again after it ended. */
final class ChildProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NULL_DEVICE = "/dev/null";

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final ChildRegister register;
    private final Consumer<StackException> onDeath;
    private volatile @Nullable Process process;

    ChildProcess(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            ChildRegister register,
            Consumer<StackException> onDeath) {
        this.name = name;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.register = register;
        this.onDeath = onDeath;
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (isAlive()) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(new File(NULL_DEVICE))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        InheritedEnvironment.clean(builder.environment());
        builder.environment().putAll(environment);
        try {
            Process started = register.launch(name, builder);
            process = started;
            var _ = started.onExit().thenAccept(this::ended);
        } catch (IOException e) {
            throw new StackException("Cannot start " + name + ": " + e.getMessage(), e);
        }
    }

    /** Asks it to end (SIGTERM) and kills it after 20 s. */
    void stop() {
        @Nullable Process running = forget();
        if (running != null) {
            ProcessTree.of(running.toHandle()).end(PATIENCE);
        }
    }

    /** Ends it without warning (SIGKILL). */
    void kill() {
        @Nullable Process running = forget();
        if (running != null) {
            ProcessTree.of(running.toHandle()).kill();
        }
    }

    boolean isAlive() {
        @Nullable Process running = process;
        return running != null && running.isAlive();
    }

    /** Notes the processes that this one started, so that they are found even if it dies before them. */
    void noteDescendants() {
        @Nullable Process running = process;
        if (running != null) {
            running.descendants().forEach(child -> {
                register.add(name, child.pid());
                var _ = child.onExit().thenAccept(ended -> register.remove(ended.pid()));
            });
        }
    }

    StackException failure(String what) {
        return new StackException("%s %s. The end of %s:%n%s".formatted(name, what, log, LogTail.of(log)));
    }

    /** Runs it to its end; anything but exit code 0 is a failure. */
    void run() {
        start();
        @Nullable Process running = process;
        try {
            if (running == null || running.waitFor() != 0) {
                throw failure("failed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw new StackException("Interrupted while running " + name, e);
        }
    }

    private synchronized @Nullable Process forget() {
        @Nullable Process running = process;
        process = null;
        return running;
    }

    private void ended(Process ended) {
        register.remove(ended.pid());
        if (ended.equals(process)) {
            onDeath.accept(failure("ended by itself (exit code " + ended.exitValue() + ")"));
        }
    }
}
