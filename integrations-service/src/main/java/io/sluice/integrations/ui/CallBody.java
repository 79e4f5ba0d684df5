package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.ReceivedCallDetail;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A call's body as a page shows it.
 *
 * @param original the text as it came, or the first bytes in hex
 * @param pretty the same JSON indented; empty when it is none
 * @param binary whether the bytes are no text
 * @param shortened whether the page shows the beginning alone
 */
public record CallBody(String original, String pretty, boolean binary, boolean shortened) {

    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_HEX = 512;

    static CallBody of(ReceivedCallDetail call) {
        return call.body() != null ? text(call.body()) : binary(bytes(call));
    }

    /** Exactly what came. */
    static byte[] bytes(ReceivedCallDetail call) {
        return call.body() != null
                ? call.body().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(Objects.requireNonNullElse(call.bodyBase64(), ""));
    }

    public boolean isEmpty() {
        return original.isEmpty();
    }

    public boolean isJson() {
        return !pretty.isEmpty();
    }

    private static CallBody text(String text) {
        if (text.length() > LONGEST_TEXT) {
            return new CallBody(text.substring(0, LONGEST_TEXT), "", false, true);
        }
        return new CallBody(text, pretty(text), false, false);
    }

    private static CallBody binary(byte[] bytes) {
        byte[] shown = Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_HEX));
        return new CallBody(
                HexFormat.ofDelimiter(" ").formatHex(shown), "", bytes.length > 0, shown.length < bytes.length);
    }

    private static String pretty(String text) {
        try {
            JsonNode json = Json.parse(text);
            return json.isContainerNode() ? json.toPrettyString() : "";
        } catch (IllegalArgumentException notJson) {
            return "";
        }
    }
}
