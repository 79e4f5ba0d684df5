package io.sluice.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file that the state is kept in. It is replaced as a whole, so a crash leaves the old or the new one. */
final class StateFile {

    private final Path file;
    private final Path draft;

    StateFile(Path file) {
        this.file = file;
        this.draft = file.resolveSibling(file.getFileName() + ".tmp");
    }

    Optional<State> load() throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    DemoJson.MAPPER.readValue(file.toFile(), State.class).restarted());
        } catch (IOException e) {
            throw new IOException("The demo systems' state cannot be read; delete " + file + " to start clean", e);
        }
    }

    void save(State state) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DemoJson.MAPPER.writeValue(draft.toFile(), state);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo systems' state cannot be saved to " + file, e);
        }
    }
}
