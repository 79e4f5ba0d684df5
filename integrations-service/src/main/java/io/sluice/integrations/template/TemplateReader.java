package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.template.ConnectionSlot;
import io.sluice.contract.template.TemplateTriggers;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.flow.FlowException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a template from its flow document: the profile, and our own metadata under {@code document.metadata}. */
final class TemplateReader {

    private static final String METADATA = "/document/metadata";
    private static final ObjectMapper CANONICAL =
            Json.MAPPER.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final List<FieldProblem> problems = new ArrayList<>();

    /** @throws FlowException with everything that is wrong */
    static Template read(String tenant, JsonNode document, @Nullable String howTo) {
        return new TemplateReader().template(tenant, document, howTo);
    }

    private Template template(String tenant, JsonNode document, @Nullable String howTo) {
        Flow flow = FlowCompiler.compile(document);
        JsonNode metadata = flow.metadata();
        Template template = new Template(
                tenant,
                flow,
                digest(document),
                howTo == null ? metadata.path("howTo").asText("") : howTo,
                texts(metadata.path("categories"), METADATA + "/categories"),
                triggers(metadata.path("triggers"), flow.document().path("schedule")),
                slots(flow, metadata.path("connections")),
                metadata.has("sampleEvent") ? metadata.get("sampleEvent") : null);
        if (!problems.isEmpty()) {
            throw new FlowException(problems);
        }
        return template;
    }

    private TemplateTriggers triggers(JsonNode node, JsonNode suggested) {
        if (!node.has("webhook") && !node.has("schedule")) {
            complain(METADATA + "/triggers", "say how it is started: webhook: {}, schedule: {}, or both");
        }
        return new TemplateTriggers(
                node.has("webhook")
                        ? new TemplateTriggers.WebhookSupport(
                                node.path("webhook").path("verification").asText("none"))
                        : null,
                node.has("schedule")
                        ? new TemplateTriggers.ScheduleSupport(
                                minimum(node.path("schedule").path("minimum")),
                                suggested.isMissingNode() ? null : SuggestedSchedule.of(suggested))
                        : null);
    }

    private String minimum(JsonNode node) {
        String text = node.asText("PT1S");
        try {
            return Duration.parse(text).toString();
        } catch (DateTimeParseException e) {
            complain(METADATA + "/triggers/schedule/minimum", "an ISO 8601 duration, such as PT1M");
            return "PT1S";
        }
    }

    private List<ConnectionSlot> slots(Flow flow, JsonNode described) {
        List<ConnectionSlot> slots = new ArrayList<>();
        for (String name : flow.authentications()) {
            JsonNode slot = described.path(name);
            slots.add(new ConnectionSlot(name, slot.path("title").asText(name), kinds(flow, name, slot.path("kinds"))));
        }
        return slots;
    }

    private List<ConnectionKind> kinds(Flow flow, String slot, JsonNode kinds) {
        if (kinds.isMissingNode()) {
            return List.of(ofPolicy(flow.document()
                    .path("use")
                    .path("authentications")
                    .path(slot)
                    .fieldNames()
                    .next()));
        }
        List<ConnectionKind> known = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            try {
                known.add(ConnectionKind.of(kinds.get(i).asText()));
            } catch (IllegalArgumentException e) {
                complain(METADATA + "/connections/" + slot + "/kinds/" + i, String.valueOf(e.getMessage()));
            }
        }
        return known;
    }

    private static ConnectionKind ofPolicy(String policy) {
        return switch (policy) {
            case "basic" -> ConnectionKind.BASIC;
            case "bearer" -> ConnectionKind.BEARER;
            default -> ConnectionKind.OAUTH2_CLIENT_CREDENTIALS;
        };
    }

    private List<String> texts(JsonNode node, String pointer) {
        List<String> texts = new ArrayList<>();
        if (!node.isMissingNode() && !node.isArray()) {
            complain(pointer, "a list of texts");
        }
        node.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private void complain(String pointer, String detail) {
        problems.add(new FieldProblem(pointer, detail));
    }

    /** The same document gives the same digest, however its members are ordered. */
    static String digest(JsonNode document) {
        try {
            byte[] canonical = CANONICAL
                    .writeValueAsString(CANONICAL.convertValue(document, Map.class))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a parsed document can be written, and every JDK has SHA-256", e);
        }
    }
}
