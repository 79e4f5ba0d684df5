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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a template from its flow document: the profile, and our own metadata under {@code document.metadata}. */
final class TemplateReader {

    private static final ObjectMapper CANONICAL =
            Json.MAPPER.copy().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private TemplateReader() {}

    /** @throws FlowException with everything that is wrong */
    static Template read(String tenant, JsonNode document, @Nullable String howTo) {
        Flow flow = flow(document);
        JsonNode metadata = flow.metadata();
        return new Template(
                tenant,
                flow,
                digest(document),
                howTo == null ? metadata.path("howTo").asText("") : howTo,
                texts(metadata.path("categories")),
                triggers(metadata.path("triggers"), flow.document().path("schedule")),
                slots(flow, metadata.path("connections")),
                metadata.has("sampleEvent") ? metadata.get("sampleEvent") : null);
    }

    private static Flow flow(JsonNode document) {
        List<FieldProblem> problems = new ArrayList<>();
        @Nullable Flow flow = null;
        try {
            flow = FlowCompiler.compile(document);
        } catch (FlowException e) {
            problems.addAll(e.problems());
        }
        problems.addAll(MetadataRules.check(document));
        if (flow == null || !problems.isEmpty()) {
            throw new FlowException(problems);
        }
        return flow;
    }

    private static TemplateTriggers triggers(JsonNode node, JsonNode suggested) {
        return new TemplateTriggers(
                node.has("webhook")
                        ? new TemplateTriggers.WebhookSupport(
                                node.path("webhook").path("verification").asText("none"))
                        : null,
                node.has("schedule")
                        ? new TemplateTriggers.ScheduleSupport(
                                Duration.parse(node.path("schedule")
                                                .path("minimum")
                                                .asText("PT1S"))
                                        .toString(),
                                suggested.isMissingNode() ? null : SuggestedSchedule.of(suggested))
                        : null);
    }

    private static List<ConnectionSlot> slots(Flow flow, JsonNode described) {
        List<ConnectionSlot> slots = new ArrayList<>();
        for (String name : flow.authentications()) {
            JsonNode slot = described.path(name);
            slots.add(new ConnectionSlot(name, slot.path("title").asText(name), kinds(flow, name, slot.path("kinds"))));
        }
        return slots;
    }

    private static List<ConnectionKind> kinds(Flow flow, String slot, JsonNode kinds) {
        if (kinds.isMissingNode()) {
            return List.of(ofPolicy(flow.document()
                    .path("use")
                    .path("authentications")
                    .path(slot)
                    .fieldNames()
                    .next()));
        }
        return texts(kinds).stream().map(ConnectionKind::of).toList();
    }

    private static ConnectionKind ofPolicy(String policy) {
        return switch (policy) {
            case "basic" -> ConnectionKind.BASIC;
            case "bearer" -> ConnectionKind.BEARER;
            default -> ConnectionKind.OAUTH2_CLIENT_CREDENTIALS;
        };
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        node.forEach(item -> texts.add(item.asText()));
        return texts;
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
