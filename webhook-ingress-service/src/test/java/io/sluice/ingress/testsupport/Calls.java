package io.sluice.ingress.testsupport;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Calls as they come to verifiers and handshakes. */
public final class Calls {

    public static final String URL = "https://hooks.example.org/webhook/abcdefghijklmnopqrstuvwxyz";

    private Calls() {}

    /** @param headers names and values in turn; a name may come several times */
    public static SignedCall post(String body, String... headers) {
        return call("POST", URL, body, headers);
    }

    public static SignedCall get(String query, String... headers) {
        return call("GET", URL + "?" + query, "", headers);
    }

    public static SignedCall call(String method, String url, String body, String... headers) {
        return new SignedCall(method, url, headers(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    public static Map<String, List<String>> headers(String... headers) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(headers[i + 1]);
        }
        return all;
    }

    /** @param settings names and values in turn */
    public static Verification verification(String scheme, Object... settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("scheme", scheme);
        for (int i = 0; i < settings.length; i += 2) {
            all.put((String) settings[i], settings[i + 1]);
        }
        return Json.parse(Json.text(all), Verification.class);
    }
}
