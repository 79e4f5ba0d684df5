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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads lists of tasks. */
final class TaskReader {

    private static final Set<String> FRAME = Set.of("if", "input", "output", "export", "timeout", "then", "metadata");
    private static final Set<String> KINDS = Set.of("set", "do", "for", "switch", "try", "call", "wait", "raise");
    private static final Set<String> STANDARD_ONLY = Set.of("run", "listen", "emit", "fork");
    private static final Set<String> RESERVED = Set.of("continue", "exit", "end");
    private static final int MAX_DEPTH = 20;

    private final Reader reader;
    private final HttpTaskReader http;
    private final CatchReader catches;
    private boolean exports;
    private int depth;

    TaskReader(Reader reader, Set<String> slots) {
        this.reader = reader;
        this.http = new HttpTaskReader(reader, slots);
        this.catches = new CatchReader(reader, this);
    }

    boolean exports() {
        return exports;
    }

    TaskList list(JsonNode node, String pointer) {
        List<Task> tasks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (!node.isArray() || node.isEmpty()) {
            reader.complain(pointer, "a list of tasks is needed here, each an object with one name");
            return TaskList.of(tasks);
        }
        if (depth >= MAX_DEPTH) {
            reader.complain(pointer, "tasks are nested at most " + MAX_DEPTH + " deep");
            return TaskList.of(tasks);
        }
        depth++;
        for (int i = 0; i < node.size(); i++) {
            JsonNode entry = node.get(i);
            if (!entry.isObject() || entry.size() != 1) {
                reader.complain(pointer + "/" + i, "an entry is an object with one name and its task");
                continue;
            }
            String name = entry.fieldNames().next();
            if (name.isBlank() || RESERVED.contains(name)) {
                reader.complain(pointer + "/" + i, "a task cannot be named “" + name + "”");
            }
            if (!names.add(name)) {
                reader.complain(pointer + "/" + i + "/" + Pointers.escape(name), "the name is taken in this list");
            }
            Task task = task(name, entry.get(name), pointer + "/" + i + "/" + Pointers.escape(name));
            if (task != null) {
                tasks.add(task);
            }
        }
        depth--;
        TaskList list = TaskList.of(tasks);
        targets(list, names, pointer);
        return list;
    }

    private @Nullable Task task(String name, JsonNode node, String pointer) {
        if (!node.isObject()) {
            reader.complain(pointer, "a task is an object");
            return null;
        }
        List<String> kinds = KINDS.stream().filter(node::has).sorted().toList();
        if (node.has("for") && node.has("do")) {
            kinds = List.of("for");
        }
        if (kinds.size() != 1) {
            String standard =
                    STANDARD_ONLY.stream().filter(node::has).findFirst().orElse("");
            reader.complain(
                    standard.isEmpty() ? pointer : pointer + "/" + standard,
                    standard.isEmpty()
                            ? "a task has exactly one of "
                                    + String.join(", ", KINDS.stream().sorted().toList())
                            : "“" + standard + "” tasks are not part of the profile");
            return null;
        }
        return switch (kinds.getFirst()) {
            case "set" -> set(name, node, pointer);
            case "do" ->
                new Task.DoTask(frame(name, node, pointer, Set.of("do")), list(node.get("do"), pointer + "/do"));
            case "for" -> loop(name, node, pointer);
            case "switch" -> choice(name, node, pointer);
            case "try" -> attempt(name, node, pointer);
            case "call" -> http.read(frame(name, node, pointer, Set.of("call", "with")), node, pointer);
            case "wait" ->
                new Task.WaitTask(
                        frame(name, node, pointer, Set.of("wait")),
                        Durations.read(node.get("wait"), pointer + "/wait", reader));
            default -> raise(name, node, pointer);
        };
    }

    private Task.Frame frame(String name, JsonNode node, String pointer, Set<String> own) {
        reader.onlyKnows(
                node, pointer, Stream.concat(FRAME.stream(), own.stream()).collect(Collectors.toUnmodifiableSet()));
        if (node.has("export")) {
            exports = true;
        }
        return new Task.Frame(
                name,
                pointer,
                reader.condition(node, pointer, "if"),
                section(node, pointer, "input", "from"),
                section(node, pointer, "output", "as"),
                section(node, pointer, "export", "as"),
                node.has("timeout") ? FlowCompiler.timeout(node.get("timeout"), pointer + "/timeout", reader) : null,
                then(node.path("then"), pointer + "/then"));
    }

    private @Nullable Value section(JsonNode node, String pointer, String section, String field) {
        JsonNode inner = node.path(section);
        if (inner.isMissingNode()) {
            return null;
        }
        reader.onlyKnows(inner, pointer + "/" + section, Set.of(field));
        return reader.value(inner, pointer + "/" + section, field);
    }

    Then then(JsonNode node, String pointer) {
        if (node.isMissingNode()) {
            return new Then.Next();
        }
        if (!node.isTextual()) {
            reader.complain(pointer, "continue, exit, end, or the name of a task of the same list");
            return new Then.Next();
        }
        return switch (node.textValue()) {
            case "continue" -> new Then.Next();
            case "exit" -> new Then.Exit();
            case "end" -> new Then.End();
            default -> new Then.Goto(node.textValue());
        };
    }

    private void targets(TaskList list, Set<String> names, String pointer) {
        for (Task task : list.tasks()) {
            target(task.frame().then(), task.frame().pointer() + "/then", names, pointer);
            if (task instanceof Task.SwitchTask choice) {
                for (int i = 0; i < choice.cases().size(); i++) {
                    Task.Case way = choice.cases().get(i);
                    String at = task.frame().pointer() + "/switch/" + i + "/" + Pointers.escape(way.name()) + "/then";
                    target(way.then(), at, names, pointer);
                }
            }
        }
    }

    private void target(Then way, String at, Set<String> names, String list) {
        if (way instanceof Then.Goto(var target) && !names.contains(target)) {
            reader.complain(at, "there is no task “" + target + "” in " + list);
        }
    }

    private Task set(String name, JsonNode node, String pointer) {
        Value value = Value.compile(node.get("set"), pointer + "/set", reader::complain);
        boolean expression = node.get("set").isTextual()
                && Value.isExpression(node.get("set").textValue());
        if (!node.get("set").isObject() && !expression) {
            reader.complain(pointer + "/set", "an object, or an expression that gives one");
        }
        return new Task.SetTask(frame(name, node, pointer, Set.of("set")), value);
    }

    private @Nullable Task loop(String name, JsonNode node, String pointer) {
        JsonNode head = node.get("for");
        reader.onlyKnows(head, pointer + "/for", Set.of("each", "in", "at"));
        Expression in = reader.condition(head, pointer + "/for", "in");
        if (in == null) {
            reader.complain(pointer + "/for/in", "an expression that gives a list is needed here");
            return null;
        }
        return new Task.ForTask(
                frame(name, node, pointer, Set.of("for", "while", "do")),
                reader.variable(head, pointer + "/for", "each", "item"),
                reader.variable(head, pointer + "/for", "at", "index"),
                in,
                reader.condition(node, pointer, "while"),
                list(node.path("do"), pointer + "/do"));
    }

    private Task choice(String name, JsonNode node, String pointer) {
        List<Task.Case> cases = new ArrayList<>();
        JsonNode list = node.get("switch");
        if (!list.isArray() || list.isEmpty()) {
            reader.complain(pointer + "/switch", "a list of cases is needed here");
        }
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isObject() || list.get(i).size() != 1) {
                reader.complain(pointer + "/switch/" + i, "a case is an object with one name: {name: {when, then}}");
                continue;
            }
            for (Map.Entry<String, JsonNode> entry : list.get(i).properties()) {
                String at = pointer + "/switch/" + i + "/" + Pointers.escape(entry.getKey());
                reader.onlyKnows(entry.getValue(), at, Set.of("when", "then"));
                if (!entry.getValue().has("then")) {
                    reader.complain(at + "/then", "say where to go on");
                }
                cases.add(new Task.Case(
                        entry.getKey(),
                        reader.condition(entry.getValue(), at, "when"),
                        then(entry.getValue().path("then"), at + "/then")));
            }
        }
        return new Task.SwitchTask(frame(name, node, pointer, Set.of("switch")), List.copyOf(cases));
    }

    private Task attempt(String name, JsonNode node, String pointer) {
        return new Task.TryTask(
                frame(name, node, pointer, Set.of("try", "catch")),
                list(node.get("try"), pointer + "/try"),
                catches.read(node.path("catch"), pointer + "/catch"));
    }

    private Task raise(String name, JsonNode node, String pointer) {
        JsonNode error = node.path("raise").path("error");
        String at = pointer + "/raise/error";
        reader.onlyKnows(node.get("raise"), pointer + "/raise", Set.of("error"));
        reader.onlyKnows(error, at, Set.of("type", "status", "title", "detail", "instance"));
        Value none = new Value.Constant(null);
        Value status = reader.value(error, at, "status");
        Value type = reader.value(error, at, "type");
        Value title = reader.value(error, at, "title");
        if (status == null) {
            reader.complain(at + "/status", "a number such as 400 is needed here");
        }
        return new Task.RaiseTask(
                frame(name, node, pointer, Set.of("raise")),
                status == null ? none : status,
                type == null ? none : type,
                title == null ? none : title,
                reader.value(error, at, "detail"));
    }
}
