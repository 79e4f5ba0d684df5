package io.sluice.ingress.handshake;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ingress.signature.FormFields;
import io.sluice.ingress.signature.JsonBody;
import io.sluice.ingress.signature.SignedCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Bodies that may hold a question: small ones, JSON or a form. */
final class SmallBody {

    /** The largest is Zoom's, some hundred bytes. */
    private static final int LARGEST = 4_096;

    private static final String FORM = "application/x-www-form-urlencoded";

    private SmallBody() {}

    /** By the headers alone. */
    static boolean mayCome(SignedCall call) {
        return (isJson(call) || call.mediaType().equals(FORM)) && isSmall(call);
    }

    private static boolean isSmall(SignedCall call) {
        List<String> lengths = call.headers().getOrDefault("content-length", List.of());
        String length = lengths.isEmpty() ? "0" : lengths.getFirst();
        return length.matches("[0-9]{1,4}") && Integer.parseInt(length) <= LARGEST;
    }

    /** A posted JSON object that holds a marker, in its plain spelling: others are not worth parsing. */
    static Optional<JsonNode> json(SignedCall call, String marker) {
        return isJson(call)
                ? text(call).filter(text -> text.contains(marker)).flatMap(text -> JsonBody.object(call.body()))
                : Optional.empty();
    }

    static Optional<FormFields> form(SignedCall call) {
        return call.mediaType().equals(FORM) ? text(call).flatMap(FormFields::of) : Optional.empty();
    }

    private static Optional<String> text(SignedCall call) {
        return call.method().equals("POST") && call.body().length <= LARGEST
                ? Optional.of(new String(call.body(), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static boolean isJson(SignedCall call) {
        return call.mediaType().equals("application/json");
    }
}
