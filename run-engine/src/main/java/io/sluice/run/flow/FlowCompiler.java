package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.run.expression.Pointers;
import io.sluice.run.expression.Value;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles documents of the profile: CNCF Serverless Workflow DSL 1.0, {@code evaluate.language: jsonata}. What is
 * outside the profile is refused with a pointer and a reason, never ignored.
 */
public final class FlowCompiler {

    private static final Set<String> TOP =
            Set.of("document", "evaluate", "schedule", "input", "output", "use", "timeout", "do");
    private static final Set<String> DOCUMENT =
            Set.of("dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata");
    private static final Set<String> POLICIES = Set.of("basic", "bearer", "oauth2");
    private static final Pattern DSL = Pattern.compile("1\\.0\\.(0|[1-9]\\d{0,2})");
    private static final Pattern SLOT = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");

    private FlowCompiler() {}

    /**
     * Reads YAML or JSON.
     *
     * @throws FlowException when it is neither
     */
    public static JsonNode read(String text) {
        return FlowText.read(text);
    }

    /** @throws FlowException with everything that is wrong */
    public static Flow compile(JsonNode document) {
        Reader reader = new Reader();
        Shape.check(document, reader);
        if (!reader.problems().isEmpty()) {
            throw new FlowException(reader.problems());
        }
        reader.onlyKnows(document, "", TOP);
        JsonNode head = header(document, reader);
        Set<String> slots = slots(document.path("use"), reader);
        ScheduleReader.check(document.path("schedule"), reader);
        TaskReader tasks = new TaskReader(reader, slots);
        TaskList list = tasks.list(document.path("do"), "/do");
        JsonNode timeout = document.path("timeout");
        Flow flow = new Flow(
                head.path("namespace").asText(),
                head.path("name").asText(),
                head.path("version").asText(),
                head.path("title").asText(head.path("name").asText()),
                head.path("summary").asText(""),
                parameters(document.path("input"), reader),
                slots,
                part(document, "input", "from", Set.of("from", "schema"), reader),
                part(document, "output", "as", Set.of("as"), reader),
                timeout.isMissingNode() ? null : timeout(timeout, "/timeout", reader),
                list,
                tasks.exports(),
                head.path("metadata").isObject() ? head.path("metadata") : JsonNodeFactory.instance.objectNode(),
                document);
        if (!reader.problems().isEmpty()) {
            throw new FlowException(reader.problems());
        }
        return flow;
    }

    static Duration timeout(JsonNode node, String pointer, Reader reader) {
        reader.onlyKnows(node, pointer, Set.of("after"));
        return Durations.some(node.path("after"), pointer + "/after", reader);
    }

    private static JsonNode header(JsonNode document, Reader reader) {
        JsonNode head = document.path("document");
        reader.onlyKnows(head, "/document", DOCUMENT);
        if (!DSL.matcher(reader.text(head, "/document", "dsl")).matches()) {
            reader.complain("/document/dsl", "the profile is of DSL 1.0, such as '1.0.3'");
        }
        for (String field : List.of("namespace", "name")) {
            if (!NAME.matcher(reader.text(head, "/document", field)).matches()) {
                reader.complain("/document/" + field, "small letters, digits and hyphens, at most 63");
            }
        }
        if (!VERSION.matcher(reader.text(head, "/document", "version")).matches()) {
            reader.complain("/document/version", "three numbers, such as '1.0.0'");
        }
        if (!"jsonata".equals(document.path("evaluate").path("language").asText())) {
            reader.complain("/evaluate/language", "the profile's expressions are JSONata: write jsonata");
        }
        if (document.has("evaluate")) {
            reader.onlyKnows(document.path("evaluate"), "/evaluate", Set.of("language"));
        }
        List.of("title", "summary").forEach(field -> reader.optionalText(head, "/document", field));
        List.of("tags", "metadata").forEach(field -> reader.optionalObject(head, "/document", field));
        return head;
    }

    private static Set<String> slots(JsonNode use, Reader reader) {
        Set<String> slots = new LinkedHashSet<>();
        if (use.isMissingNode()) {
            return slots;
        }
        reader.onlyKnows(use, "/use", Set.of("authentications"));
        reader.optionalObject(use, "/use", "authentications");
        use.path("authentications").properties().forEach(slot -> {
            slot(slot.getKey(), slot.getValue(), "/use/authentications/" + Pointers.escape(slot.getKey()), reader);
            slots.add(slot.getKey());
        });
        return slots;
    }

    private static void slot(String name, JsonNode node, String pointer, Reader reader) {
        if (!SLOT.matcher(name).matches()) {
            reader.complain(pointer, "a slot's name begins with a letter and has letters, digits, - and _, at most 63");
        }
        reader.onlyKnows(node, pointer, POLICIES);
        if (node.size() != 1) {
            reader.complain(pointer, "one of basic, bearer and oauth2 is needed here, with use: the slot's name");
        }
        node.properties().forEach(policy -> {
            String at = pointer + "/" + Pointers.escape(policy.getKey());
            reader.onlyKnows(policy.getValue(), at, Set.of("use"));
            if (!reader.text(policy.getValue(), at, "use").equals(name)) {
                reader.complain(at + "/use", "the slot's own name is needed here: " + name);
            }
        });
    }

    private static JsonNode parameters(JsonNode input, Reader reader) {
        JsonNode schema = input.path("schema");
        if (schema.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode().put("type", "object");
        }
        reader.onlyKnows(schema, "/input/schema", Set.of("format", "document"));
        if (schema.has("format") && !"json".equals(schema.path("format").asText())) {
            reader.complain("/input/schema/format", "the parameters are described by JSON Schema: write json");
        }
        if (!schema.path("document").isObject()) {
            reader.complain("/input/schema/document", "the parameters' JSON Schema stands here, not elsewhere");
            return JsonNodeFactory.instance.objectNode();
        }
        if (schema.path("document").has("type")
                && !"object".equals(schema.path("document").path("type").asText())) {
            reader.complain("/input/schema/document/type", "the parameters are an object: write object");
        }
        ParameterSchema.checkAll(schema.path("document"), "/input/schema/document", reader);
        return schema.path("document");
    }

    private static @Nullable Value part(
            JsonNode document, String section, String field, Set<String> known, Reader reader) {
        JsonNode node = document.path(section);
        if (node.isMissingNode()) {
            return null;
        }
        reader.onlyKnows(node, "/" + section, known);
        if (!node.has(field) && node.has("schema")) {
            return null;
        }
        return reader.transformation(node, "/" + section, field);
    }
}
