package io.sluice.integrations.template;

import io.quarkus.runtime.StartupEvent;
import io.sluice.run.flow.FlowCompiler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Brings the library's files into the database at start. A version that is there stays as it is, since integrations use
 * it: a changed template needs a new version, and a test sees to that.
 */
@ApplicationScoped
public class Library {

    private static final Logger LOG = Logger.getLogger(Library.class);

    private final TemplateStore store;

    public Library(TemplateStore store) {
        this.store = store;
    }

    void load(@Observes StartupEvent event) {
        for (String name : names()) {
            Template template = TemplateReader.read(
                    "", FlowCompiler.read(file("library/" + name + ".yaml")), file("library/" + name + ".md"));
            if (store.insertOfLibrary(template)) {
                LOG.infof("library: %s added", template.flow().reference());
            } else {
                warnIfChanged(template);
            }
        }
    }

    private void warnIfChanged(Template template) {
        store.find("", template.flow().reference())
                .filter(stored -> !stored.digest().equals(template.digest()))
                .ifPresent(stored -> LOG.errorf(
                        "library: %s differs from the stored version, which stays in force; give it a new version",
                        template.flow().reference()));
    }

    static List<String> names() {
        return file("library/index.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    static String file(String path) {
        try (InputStream in = Library.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
