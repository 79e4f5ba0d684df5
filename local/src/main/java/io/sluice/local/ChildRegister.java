package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every process of the stack, also kept in a file ({@code name pid} a line), so that the next start can end what a
 * killed launcher left behind. Once closed it starts nothing more: no child is born after the stack began to end.
 */
final class ChildRegister {

    private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(10);

    private final Path file;
    private final Path dataDirectory;
    private final Map<Long, String> children = new LinkedHashMap<>();
    private boolean closed;

    ChildRegister(Path file, Path dataDirectory) {
        this.file = file;
        this.dataDirectory = dataDirectory;
    }

    synchronized Process launch(String name, ProcessBuilder builder) throws IOException {
        requireOpen();
        Process process = builder.start();
        add(name, process.pid());
        return process;
    }

    synchronized void add(String name, long pid) {
        children.put(pid, name);
        write();
    }

    synchronized void remove(long pid) {
        if (children.remove(pid) != null) {
            write();
        }
    }

    synchronized void clear() {
        children.clear();
        write();
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new StackException("The stack is ending.");
        }
    }

    /** Lets nothing more start. */
    synchronized void close() {
        closed = true;
    }

    /** Ends what nobody else ended, such as the preparation of Keycloak. */
    void endRemaining() {
        remaining().forEach(handle -> ProcessTree.of(handle).end(LEFTOVER_PATIENCE));
    }

    private synchronized List<ProcessHandle> remaining() {
        return children.keySet().stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(handle -> belongsTo(handle, dataDirectory))
                .toList();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Ends what an earlier stack left running in this data directory. A number that now is another program's is spared.
     */
    static int endLeftovers(Path file, Path dataDirectory) {
        if (!Files.exists(file)) {
            return 0;
        }
        List<ProcessHandle> leftovers = readLines(file).stream()
                .flatMap(line -> handle(line).stream())
                .filter(handle -> belongsTo(handle, dataDirectory))
                .toList();
        leftovers.forEach(ProcessHandle::destroy);
        leftovers.forEach(handle -> ProcessTree.of(handle).end(LEFTOVER_PATIENCE));
        return leftovers.size();
    }

    static boolean belongsTo(ProcessHandle handle, Path dataDirectory) {
        return handle.info().commandLine().orElse("").contains(dataDirectory.toString());
    }

    private static Optional<ProcessHandle> handle(String line) {
        int space = line.lastIndexOf(' ');
        try {
            return ProcessHandle.of(Long.parseLong(line.substring(space + 1)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write() {
        StringBuilder lines = new StringBuilder();
        children.forEach(
                (pid, name) -> lines.append(name).append(' ').append(pid).append('\n'));
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note the stack's processes", e);
        }
    }
}
