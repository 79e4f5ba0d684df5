package io.sluice.ingress.traffic;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A signed call as a person may see it, and as a command for a POSIX shell. Secrets are masked. */
record CurlCommand(String method, String base, Map<String, List<String>> all, SignedRequest signed) {

    private static final Pattern PAIR = Pattern.compile("([^&=]+)=([^&]*)");

    String url() {
        if (signed.query().isEmpty()) {
            return base;
        }
        String query = PAIR.matcher(signed.query())
                .replaceAll(pair -> Matcher.quoteReplacement(pair.group(1) + "="
                        + (isSecret("query:" + decoded(pair.group(1))) ? Verification.MASK : pair.group(2))));
        return base + "?" + query;
    }

    Map<String, String> headers() {
        Map<String, String> shown = new LinkedHashMap<>();
        all.forEach((name, values) ->
                shown.put(name, isSecret("header:" + name) ? Verification.MASK : String.join(", ", values)));
        return shown;
    }

    /** A secret in the body stands in a JSON text of its own. */
    String body() {
        String text = new String(signed.body(), StandardCharsets.UTF_8);
        for (String place : signed.secretPlaces()) {
            if (place.startsWith("body:")) {
                String name = Pattern.quote(place.substring("body:".length()));
                text = text.replaceAll(
                        "(\"" + name + "\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"",
                        "$1\"" + Matcher.quoteReplacement(Verification.MASK) + "\"");
            }
        }
        return text;
    }

    /** A name that cannot be decoded is none of ours. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private boolean isSecret(String place) {
        return signed.secretPlaces().stream().anyMatch(place::equalsIgnoreCase);
    }

    String text() {
        // Nothing that curl would read a meaning into: no ranges in the URL, no file for a body that begins with @.
        List<String> words = new ArrayList<>(List.of("curl", "-i", "-g", "-X", method));
        headers().forEach((name, value) -> {
            words.add("-H");
            words.add(quoted(name + ": " + value));
        });
        if (!body().isEmpty()) {
            words.add("--data-raw");
            words.add(quoted(body()));
        }
        words.add(quoted(url()));
        return String.join(" ", words);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
