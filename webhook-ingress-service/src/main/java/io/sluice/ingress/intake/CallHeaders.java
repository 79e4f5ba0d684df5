package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a call's headers and query is kept: everything but credentials. */
final class CallHeaders {

    private static final int MOST = 200;

    private CallHeaders() {}

    /** As JSON text; names with all their values. */
    static String stored(IncomingCall call, Endpoint.Hidden hidden) {
        ObjectNode headers = JsonNodeFactory.instance.objectNode();
        String token = call.signed().token();
        call.headers().entrySet().stream().limit(MOST).forEach(header -> {
            ArrayNode values = headers.putArray(storable(header.getKey()));
            boolean masked = hidden.credentials().contains(header.getKey());
            header.getValue()
                    .forEach(value -> values.add(masked ? Verification.MASK : storable(withoutToken(value, token))));
        });
        return Json.text(headers);
    }

    /** Without the parameters that are credentials. */
    static String storedQuery(IncomingCall call, Endpoint.Hidden hidden) {
        if (hidden.query().isEmpty()) {
            return storable(withoutToken(call.query(), call.signed().token()));
        }
        List<String> kept = new ArrayList<>();
        for (String pair : call.query().split("&", -1)) {
            String name = pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : pair;
            kept.add(hidden.query().contains(Forms.decoded(name)) ? name + "=" + Verification.MASK : pair);
        }
        return storable(withoutToken(String.join("&", kept), call.signed().token()));
    }

    /** The exact bytes, but for the value of a field that is the secret. */
    static byte[] storedBody(IncomingCall call, Endpoint.Hidden hidden) {
        if (hidden.body().isEmpty()) {
            return call.body();
        }
        String text = new String(call.body(), StandardCharsets.ISO_8859_1);
        for (String field : hidden.body()) {
            text = text.replaceAll(
                    "(\"" + Pattern.quote(field) + "\"\\s*+:\\s*+)\"(?:[^\"\\\\]|\\\\.)*+\"",
                    "$1\"" + Matcher.quoteReplacement(Verification.MASK) + "\"");
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Proxies repeat the URL in headers of theirs, and whoever sees a call need not be able to make one. */
    static String withoutToken(String text, String token) {
        return token.isEmpty() ? text : text.replace(token, SignedCall.HIDDEN);
    }

    /** PostgreSQL holds every character but U+0000. */
    static String storable(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}
