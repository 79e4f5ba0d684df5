package io.sluice.integrations.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.run.flow.FlowCompiler;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A released document of the library never changes: integrations run it. A change takes a new version. */
class LibraryDigestsTest {

    private static final String PINNED = "library-digests.txt";

    @Test
    void documentsAreThosePinnedForTheirVersions() {
        Map<String, String> current = new TreeMap<>();
        for (String name : Library.names()) {
            Template template =
                    TemplateReader.read("", FlowCompiler.read(Library.file("library/" + name + ".yaml")), "");
            current.put(template.flow().reference(), template.digest());
        }

        assertThat(pinned())
                .as(
                        "raise document.version of what you changed, and add (never edit) its line in src/test/resources/%s",
                        PINNED)
                .containsAllEntriesOf(current);
    }

    @Test
    void everyTemplateHasAHowTo() {
        assertThat(Library.names())
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allSatisfy(name ->
                        assertThat(Library.file("library/" + name + ".md")).isNotBlank());
    }

    private static Map<String, String> pinned() {
        Map<String, String> pinned = new TreeMap<>();
        Library.file(PINNED).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.indexOf(' ');
            assertThat(pinned.put(line.substring(0, space), line.substring(space + 1)))
                    .as("a version is pinned once")
                    .isNull();
        });
        return pinned;
    }
}
