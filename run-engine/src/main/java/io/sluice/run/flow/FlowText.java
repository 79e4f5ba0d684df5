package io.sluice.run.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sluice.contract.problem.FieldProblem;
import java.util.List;

/**
 * Reads YAML or JSON as data that says what it looks like: what YAML would put together or change on the way (aliases,
 * tags, a member that is given twice) is refused.
 */
final class FlowText {

    /** Longest document, characters; the largest of the library has a fiftieth of it. */
    static final int MAX_LENGTH = 300_000;

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private FlowText() {}

    /** @throws FlowException when it is no document */
    static JsonNode read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw refused("a flow has at most " + MAX_LENGTH + " characters, this one " + text.length());
        }
        try {
            Reader reader = new Reader();
            YamlEvents.look(text, reader);
            if (!reader.problems().isEmpty()) {
                throw new FlowException(reader.problems());
            }
            JsonNode document = YAML.readTree(text);
            if (document != null && document.isObject()) {
                return document;
            }
            throw refused("a flow is an object with document and do");
        } catch (JsonProcessingException e) {
            throw refused("neither YAML nor JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " (line " + e.getLocation().getLineNr() + ")"));
        }
    }

    private static FlowException refused(String detail) {
        return new FlowException(List.of(new FieldProblem("", detail)));
    }
}
