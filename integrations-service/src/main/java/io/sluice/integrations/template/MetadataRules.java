package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.run.expression.Pointers;
import io.sluice.run.flow.ParameterSchema;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a template says about itself under {@code document.metadata}; members other than ours are the author's own. */
final class MetadataRules {

    private static final String METADATA = "/document/metadata";

    private final List<FieldProblem> problems = new ArrayList<>();

    private MetadataRules() {}

    /** @return everything that is wrong; empty when nothing is */
    static List<FieldProblem> check(JsonNode document) {
        MetadataRules rules = new MetadataRules();
        JsonNode metadata = document.path("document").path("metadata");
        rules.texts(metadata.path("categories"), METADATA + "/categories");
        rules.text(metadata, METADATA, "howTo");
        rules.triggers(metadata.path("triggers"), METADATA + "/triggers", document.has("schedule"));
        rules.connections(
                metadata.path("connections"),
                METADATA + "/connections",
                document.path("use").path("authentications"));
        if (metadata.has("runOptions")) {
            rules.runOptions(metadata.path("runOptions"), METADATA + "/runOptions");
        }
        return rules.problems;
    }

    private void runOptions(JsonNode schema, String pointer) {
        if (!schema.isObject() || !schema.path("properties").isObject()) {
            complain(pointer, "a JSON Schema with properties is needed here");
            return;
        }
        problems.addAll(ParameterSchema.problems(schema, pointer));
    }

    private void triggers(JsonNode triggers, String pointer, boolean suggested) {
        if (!triggers.has("webhook") && !triggers.has("schedule")) {
            complain(pointer, "say how it is started: webhook: {}, schedule: {}, or both");
            return;
        }
        onlyKnows(triggers, pointer, Set.of("webhook", "schedule"));
        if (triggers.has("webhook")) {
            JsonNode webhook = triggers.path("webhook");
            onlyKnows(webhook, pointer + "/webhook", Set.of("verification"));
            if (webhook.has("verification")
                    && VerificationScheme.of(webhook.path("verification").asText())
                            .isEmpty()) {
                complain(
                        pointer + "/webhook/verification",
                        "one of " + String.join(", ", VerificationScheme.wireNames()));
            }
        }
        if (triggers.has("schedule")) {
            onlyKnows(triggers.path("schedule"), pointer + "/schedule", Set.of("minimum"));
            minimum(triggers.path("schedule").path("minimum"), pointer + "/schedule/minimum");
        } else if (suggested) {
            complain(
                    "/schedule",
                    "has no effect: no schedule starts this template; add it to document.metadata.triggers");
        }
    }

    private void minimum(JsonNode node, String pointer) {
        if (node.isMissingNode()) {
            return;
        }
        try {
            if (Duration.parse(node.asText()).isPositive()) {
                return;
            }
        } catch (DateTimeParseException e) {
            // Said below, as for one that is not positive.
        }
        complain(pointer, "an ISO 8601 duration longer than nothing, such as PT1M");
    }

    private void connections(JsonNode connections, String pointer, JsonNode slots) {
        if (connections.isMissingNode()) {
            return;
        }
        if (!connections.isObject()) {
            complain(pointer, "an object is needed here: a member for each slot");
        }
        connections.properties().forEach(slot -> {
            String at = pointer + "/" + Pointers.escape(slot.getKey());
            if (!slots.has(slot.getKey())) {
                complain(at, "there is no such slot under use.authentications");
            }
            onlyKnows(slot.getValue(), at, Set.of("title", "kinds"));
            text(slot.getValue(), at, "title");
            kinds(slot.getValue().path("kinds"), at + "/kinds");
        });
    }

    private void kinds(JsonNode kinds, String pointer) {
        if (kinds.isMissingNode()) {
            return;
        }
        if (!kinds.isArray() || kinds.isEmpty()) {
            complain(pointer, "a list of kinds of connection is needed here; leave it out for the slot's own");
        }
        for (int i = 0; i < kinds.size(); i++) {
            try {
                var _ = ConnectionKind.of(kinds.get(i).asText());
            } catch (IllegalArgumentException e) {
                complain(pointer + "/" + i, String.valueOf(e.getMessage()));
            }
        }
    }

    private void texts(JsonNode node, String pointer) {
        if (!node.isMissingNode() && !node.isArray()) {
            complain(pointer, "a list of texts");
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (!node.get(i).isTextual()) {
                complain(pointer + "/" + i, "a text is needed here");
            }
        }
    }

    private void text(JsonNode parent, String pointer, String field) {
        if (parent.has(field) && !parent.path(field).isTextual()) {
            complain(pointer + "/" + field, "a text is needed here");
        }
    }

    private void onlyKnows(JsonNode node, String pointer, Set<String> known) {
        if (!node.isObject()) {
            complain(pointer, "an object is needed here, {} at least");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                complain(
                        pointer + "/" + Pointers.escape(name),
                        "nothing reads this; known here: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private void complain(String pointer, String detail) {
        problems.add(new FieldProblem(pointer, detail));
    }
}
