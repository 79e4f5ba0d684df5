package io.sluice.integrations.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON as people read it; each number stays as it was written. */
final class Pretty {

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Pretty() {}

    /** JSON indented, anything else as it is: a body that was cut is no JSON any more. */
    static String text(String body) {
        if (!looksLikeJson(body)) {
            return body;
        }
        try {
            return json(parse(body));
        } catch (JsonProcessingException e) {
            return body;
        }
    }

    static String json(JsonNode node) {
        try {
            return EXACT.writer(printer()).writeValueAsString(node);
        } catch (JsonProcessingException e) {
            return node.toString();
        }
    }

    /** @throws JsonProcessingException says where it is no JSON */
    static JsonNode parse(String text) throws JsonProcessingException {
        return EXACT.readTree(text);
    }

    static boolean looksLikeJson(String body) {
        String stripped = body.stripLeading();
        return stripped.startsWith("{") || stripped.startsWith("[");
    }

    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }
}
