package io.sluice.system.stack;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository is: the next folder upwards that holds all modules. */
public final class ProjectRoot {

    private ProjectRoot() {}

    public static Path find() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("contract/openapi.yaml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("The tests run inside the repository, not in " + start);
    }

    /** What the tests write goes here. */
    public static Path target() {
        return find().resolve("system-tests/target");
    }
}
