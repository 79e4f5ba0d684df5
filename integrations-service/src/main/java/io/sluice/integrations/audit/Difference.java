package io.sluice.integrations.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.run.expression.Json;
import io.sluice.run.expression.Pointers;
import java.util.LinkedHashSet;
import java.util.Set;

/** What differs between two states: {@code [{pointer, before, after}]}, the smallest parts that do. */
final class Difference {

    private static final int MOST = 200;

    private Difference() {}

    static ArrayNode of(JsonNode before, JsonNode after) {
        ArrayNode changes = Json.MAPPER.createArrayNode();
        add(changes, "", before, after);
        return changes;
    }

    private static void add(ArrayNode changes, String pointer, JsonNode before, JsonNode after) {
        if (before.equals(after) || changes.size() >= MOST) {
            return;
        }
        // What came or went as a whole is told as a whole, but for the thing itself.
        boolean isWhole = before.isMissingNode() || after.isMissingNode();
        if ((before.isObject() || before.isMissingNode())
                && (after.isObject() || after.isMissingNode())
                && (pointer.isEmpty() || !isWhole)) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(
                    name -> add(changes, pointer + "/" + Pointers.escape(name), before.path(name), after.path(name)));
            return;
        }
        var change = changes.addObject().put("pointer", pointer);
        if (!before.isMissingNode()) {
            change.set("before", before);
        }
        if (!after.isMissingNode()) {
            change.set("after", after);
        }
    }
}
