package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.Pointers;
import io.sluice.run.expression.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private static final int LONGEST_NAME = 100;

    private final Reader reader;
    private final HttpTaskReader http;
    private final CatchReader catches;
    private final BranchReader branches;
    private boolean exports;
    private int depth;

    TaskReader(Reader reader, Set<String> slots) {
        this.reader = reader;
        this.http = new HttpTaskReader(reader, slots);
        this.catches = new CatchReader(reader, this);
        this.branches = new BranchReader(reader);
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
            if (name.isBlank() || name.length() > LONGEST_NAME || RESERVED.contains(name)) {
                reader.complain(
                        pointer + "/" + i,
                        "a task's name has 1 to " + LONGEST_NAME + " characters and is none of "
                                + String.join(", ", RESERVED.stream().sorted().toList()));
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
        new Ways(list, names, pointer, reader).check();
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
                            : Refusals.task(standard));
            return null;
        }
        return switch (kinds.getFirst()) {
            case "set" -> set(name, node, pointer);
            case "do" ->
                new Task.DoTask(frame(name, node, pointer, Set.of("do")), list(node.get("do"), pointer + "/do"));
            case "for" -> loop(name, node, pointer);
            case "switch" -> branches.choice(frame(name, node, pointer, Set.of("switch")), node, pointer);
            case "try" -> attempt(name, node, pointer);
            case "call" -> http.read(frame(name, node, pointer, Set.of("call", "with")), node, pointer);
            case "wait" ->
                new Task.WaitTask(
                        frame(name, node, pointer, Set.of("wait")),
                        Durations.some(node.get("wait"), pointer + "/wait", reader));
            default -> branches.raise(frame(name, node, pointer, Set.of("raise")), node, pointer);
        };
    }

    private Task.Frame frame(String name, JsonNode node, String pointer, Set<String> own) {
        reader.onlyKnows(
                node, pointer, Stream.concat(FRAME.stream(), own.stream()).collect(Collectors.toUnmodifiableSet()));
        reader.optionalObject(node, pointer, "metadata");
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
                reader.then(node.path("then"), pointer + "/then"));
    }

    private @Nullable Value section(JsonNode node, String pointer, String section, String field) {
        JsonNode inner = node.path(section);
        if (inner.isMissingNode()) {
            return null;
        }
        reader.onlyKnows(inner, pointer + "/" + section, Set.of(field));
        return reader.transformation(inner, pointer + "/" + section, field);
    }

    private Task set(String name, JsonNode node, String pointer) {
        JsonNode set = node.get("set");
        boolean expression = set.isTextual() && Value.isExpression(set.textValue());
        if (!expression && (!set.isObject() || set.isEmpty())) {
            reader.complain(pointer + "/set", "an object with members, or an expression; ${ {} } sets an empty object");
        }
        return new Task.SetTask(frame(name, node, pointer, Set.of("set")), reader.data(set, pointer + "/set"));
    }

    private @Nullable Task loop(String name, JsonNode node, String pointer) {
        JsonNode head = node.get("for");
        reader.onlyKnows(head, pointer + "/for", Set.of("each", "in", "at"));
        Expression in = reader.condition(head, pointer + "/for", "in");
        if (in == null) {
            reader.complain(pointer + "/for/in", "an expression that gives a list is needed here");
            return null;
        }
        String each = reader.variable(head, pointer + "/for", "each", "item");
        String at = reader.variable(head, pointer + "/for", "at", "index");
        if (each.equals(at)) {
            reader.complain(pointer + "/for/at", "each and at need names of their own");
        }
        return new Task.ForTask(
                frame(name, node, pointer, Set.of("for", "while", "do")),
                each,
                at,
                in,
                reader.condition(node, pointer, "while"),
                list(node.path("do"), pointer + "/do"));
    }

    private Task attempt(String name, JsonNode node, String pointer) {
        return new Task.TryTask(
                frame(name, node, pointer, Set.of("try", "catch")),
                list(node.get("try"), pointer + "/try"),
                catches.read(node.path("catch"), pointer + "/catch"));
    }
}
