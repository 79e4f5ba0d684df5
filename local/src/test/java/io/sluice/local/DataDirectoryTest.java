package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void oneStackAtATime() throws Exception {
        Path root = folder.resolve("data");
        DataDirectory first = DataDirectory.open(root);

        assertThatThrownBy(() -> DataDirectory.open(root))
                .isInstanceOf(StackException.class)
                .hasMessage("Sluice is already running on %s (process %d). Stop it first."
                        .formatted(root, ProcessHandle.current().pid()));

        first.close();
        DataDirectory.open(root).close();
    }

    @Test
    void logsOfTheEarlierStackArePutAside() throws Exception {
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
            Files.writeString(data.log("postgres"), "old");

            data.turnLogs();

            assertThat(data.log("postgres")).doesNotExist();
            assertThat(data.logs().resolve("postgres.log.previous")).hasContent("old");
        }
    }

    @Test
    void wipingLeavesWhatLinksPointTo() throws Exception {
        Path distribution = Files.createDirectories(folder.resolve("distribution"));
        Files.writeString(distribution.resolve("kept"), "kept");
        try (DataDirectory data = DataDirectory.open(folder.resolve("data"))) {
            Files.createDirectories(data.keycloak());
            Files.createSymbolicLink(data.keycloak().resolve("lib"), distribution);

            data.wipe();

            assertThat(data.keycloak()).doesNotExist();
            assertThat(data.logs()).isEmptyDirectory();
            assertThat(distribution.resolve("kept")).exists();
        }
    }
}
