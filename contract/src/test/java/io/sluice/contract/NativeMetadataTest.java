package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Native images read and write DTOs by reflection, which they must be told of; resources hide the types in Response. */
class NativeMetadataTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Path METADATA =
            CLASSES.resolve("META-INF/native-image/io.sluice/contract/reflect-config.json");

    @Test
    void everyRecordAndEnumIsRegistered() throws IOException, ClassNotFoundException {
        List<String> registered = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper().readTree(METADATA.toFile())) {
            registered.add(entry.path("name").asText());
        }

        assertThat(registered).containsAll(recordsAndEnums());
    }

    private static List<String> recordsAndEnums() throws IOException, ClassNotFoundException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CLASSES.resolve("io"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.getFileName().toString().startsWith("package-info"))
                    .toList()) {
                String name =
                        CLASSES.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
                Class<?> type = Class.forName(name, false, NativeMetadataTest.class.getClassLoader());
                if (type.isRecord() || type.isEnum()) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
