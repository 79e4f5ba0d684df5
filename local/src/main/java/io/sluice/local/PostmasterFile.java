package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** PostgreSQL's own note of its process, which stays behind when the server is killed. */
final class PostmasterFile {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path dataDirectory;
    private final Path file;

    PostmasterFile(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        this.file = dataDirectory.resolve("postmaster.pid");
    }

    /** The server that runs on this directory. */
    Optional<ProcessHandle> server() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .filter(handle -> ChildRegister.belongsTo(handle, dataDirectory));
    }

    /** Ends a server that an earlier stack left, and removes the note, whose number may be another program's by now. */
    void clear() throws IOException {
        Optional<ProcessHandle> leftover = server();
        if (leftover.isPresent()) {
            ProcessTree.of(leftover.get()).end(PATIENCE);
        }
        Files.deleteIfExists(file);
    }
}
