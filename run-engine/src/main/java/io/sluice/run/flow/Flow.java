package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Value;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A compiled flow; immutable and shared by all its runs.
 *
 * @param parameters JSON Schema of {@code params}
 * @param authentications the slots that an integration fills with connections
 * @param timeout of the whole run
 * @param usesContext whether it exports, so that its runs go one after the other
 */
public record Flow(
        String namespace,
        String name,
        String version,
        String title,
        String summary,
        JsonNode parameters,
        Set<String> authentications,
        @Nullable Value inputFrom,
        @Nullable Value outputAs,
        @Nullable Duration timeout,
        TaskList tasks,
        boolean usesContext,
        JsonNode metadata,
        JsonNode document) {

    /** The name that integrations refer to, with version. */
    public String reference() {
        return namespace + "/" + name + ":" + version;
    }

    /** Whether a task has this name or pointer. */
    public boolean hasTask(String nameOrPointer) {
        return has(tasks, nameOrPointer);
    }

    private static boolean has(TaskList list, String wanted) {
        return list.tasks().stream()
                .anyMatch(task -> task.frame().name().equals(wanted)
                        || task.frame().pointer().equals(wanted)
                        || task.children().stream().anyMatch(children -> has(children, wanted)));
    }
}
