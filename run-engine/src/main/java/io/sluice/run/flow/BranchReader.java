package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.Pointers;
import io.sluice.run.expression.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the tasks that lead elsewhere: {@code switch} and {@code raise}. */
final class BranchReader {

    private static final Set<String> WITHOUT_RESULT = Set.of("output", "export", "then", "timeout");

    /** As the standard's schema has it. */
    private static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*|\\s*\\$\\{.+}\\s*");

    private final Reader reader;

    BranchReader(Reader reader) {
        this.reader = reader;
    }

    Task choice(Task.Frame frame, JsonNode node, String pointer) {
        List<Task.Case> cases = new ArrayList<>();
        JsonNode list = node.get("switch");
        if (!list.isArray() || list.isEmpty()) {
            reader.complain(pointer + "/switch", "a list of cases is needed here");
        }
        Set<String> names = new HashSet<>();
        @Nullable String otherwise = null;
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isObject() || list.get(i).size() != 1) {
                reader.complain(pointer + "/switch/" + i, "a case is an object with one name: {name: {when, then}}");
                continue;
            }
            Map.Entry<String, JsonNode> entry =
                    list.get(i).properties().iterator().next();
            String at = pointer + "/switch/" + i + "/" + Pointers.escape(entry.getKey());
            if (!names.add(entry.getKey())) {
                reader.complain(at, "the name is taken in this switch");
            }
            if (otherwise != null) {
                reader.complain(
                        at, "is never reached: “" + otherwise + "” has no when and takes all; put that one last");
            } else if (entry.getValue().isObject() && !entry.getValue().has("when")) {
                otherwise = entry.getKey();
            }
            cases.add(one(entry.getKey(), entry.getValue(), at));
        }
        if (otherwise != null && node.has("then")) {
            reader.complain(pointer + "/then", "is never used: the case “" + otherwise + "” takes all that is left");
        }
        return new Task.SwitchTask(frame, List.copyOf(cases));
    }

    private Task.Case one(String name, JsonNode node, String at) {
        reader.onlyKnows(node, at, Set.of("when", "then"));
        if (!node.has("then")) {
            reader.complain(at + "/then", "say where to go on: continue, exit, end, or a task of the same list");
        }
        Expression when = reader.condition(node, at, "when");
        return new Task.Case(name, when, reader.then(node.path("then"), at + "/then"));
    }

    Task raise(Task.Frame frame, JsonNode node, String pointer) {
        WITHOUT_RESULT.stream()
                .filter(node::has)
                .sorted()
                .forEach(member -> reader.complain(
                        pointer + "/" + member, "has no effect: a raise ends the list, and nothing comes of it"));
        JsonNode error = node.path("raise").path("error");
        String at = pointer + "/raise/error";
        reader.onlyKnows(node.get("raise"), pointer + "/raise", Set.of("error"));
        reader.onlyKnows(error, at, Set.of("type", "status", "title", "detail"));
        Value none = new Value.Constant(null);
        Value status = status(error.path("status"), at + "/status");
        Value type = text(error, at, "type");
        if (error.path("type").isTextual()
                && !TYPE.matcher(error.path("type").textValue()).matches()) {
            reader.complain(at + "/type", "a URI such as https://example.com/errors/no-stock, or an expression");
        }
        Value title = text(error, at, "title");
        return new Task.RaiseTask(
                frame, status, type == null ? none : type, title == null ? none : title, text(error, at, "detail"));
    }

    private Value status(JsonNode node, String pointer) {
        boolean computed = node.isTextual() && Value.isExpression(node.textValue());
        boolean fits =
                node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= 400 && node.intValue() <= 599;
        if (!computed && !fits) {
            reader.complain(pointer, "a number from 400 to 599, such as 422, or an expression that gives one");
        }
        return reader.data(node, pointer);
    }

    private @Nullable Value text(JsonNode error, String at, String field) {
        reader.optionalText(error, at, field);
        return reader.value(error, at, field);
    }
}
