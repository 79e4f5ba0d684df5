package io.sluice.run.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sluice.contract.problem.FieldProblem;
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

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> TOP =
            Set.of("document", "evaluate", "schedule", "input", "output", "use", "timeout", "do");
    private static final Set<String> DOCUMENT =
            Set.of("dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata");
    private static final Set<String> POLICIES = Set.of("basic", "bearer", "oauth2");
    private static final Pattern DSL = Pattern.compile("1\\.0(\\.\\d{1,3})?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern VERSION = Pattern.compile("(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})");

    private FlowCompiler() {}

    /**
     * Reads YAML or JSON.
     *
     * @throws FlowException when it is neither
     */
    public static JsonNode read(String text) {
        try {
            JsonNode document = YAML.readTree(text);
            if (document != null && document.isObject()) {
                return document;
            }
            throw new FlowException(List.of(new FieldProblem("", "a flow is an object with document and do")));
        } catch (JsonProcessingException e) {
            throw new FlowException(List.of(new FieldProblem(
                    "",
                    "neither YAML nor JSON: " + e.getOriginalMessage()
                            + (e.getLocation() == null
                                    ? ""
                                    : " (line " + e.getLocation().getLineNr() + ")"))));
        }
    }

    /** @throws FlowException with everything that is wrong */
    public static Flow compile(JsonNode document) {
        Reader reader = new Reader();
        reader.onlyKnows(document, "", TOP);
        JsonNode head = header(document, reader);
        Set<String> slots = slots(document.path("use"), reader);
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
        return Durations.read(node.path("after"), pointer + "/after", reader);
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
        return head;
    }

    private static Set<String> slots(JsonNode use, Reader reader) {
        Set<String> slots = new LinkedHashSet<>();
        if (use.isMissingNode()) {
            return slots;
        }
        reader.onlyKnows(use, "/use", Set.of("authentications"));
        use.path("authentications").properties().forEach(slot -> {
            String pointer = "/use/authentications/" + slot.getKey();
            reader.onlyKnows(slot.getValue(), pointer, POLICIES);
            if (slot.getValue().size() != 1) {
                reader.complain(pointer, "one of basic, bearer, oauth2 with use: the slot's name");
            }
            slot.getValue().properties().forEach(policy -> {
                reader.onlyKnows(policy.getValue(), pointer + "/" + policy.getKey(), Set.of("use"));
                reader.text(policy.getValue(), pointer + "/" + policy.getKey(), "use");
            });
            slots.add(slot.getKey());
        });
        return slots;
    }

    private static JsonNode parameters(JsonNode input, Reader reader) {
        JsonNode schema = input.path("schema");
        if (schema.isMissingNode()) {
            return JsonNodeFactory.instance.objectNode().put("type", "object");
        }
        reader.onlyKnows(schema, "/input/schema", Set.of("format", "document"));
        if (!schema.path("document").isObject()) {
            reader.complain("/input/schema/document", "the parameters' JSON Schema stands here, not elsewhere");
            return JsonNodeFactory.instance.objectNode();
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
        return reader.value(node, "/" + section, field);
    }
}
