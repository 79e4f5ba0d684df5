package io.sluice.run.http;

import io.sluice.run.expression.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes secrets out of what is logged: headers and fields known by name, and the values of the call's credential. */
final class Masking {

    static final String MASK = "••••••••";

    private static final Set<String> HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "x-api-key",
            "api-key",
            "apikey",
            "x-auth-token",
            "x-access-token",
            "api-auth-signature",
            "api-auth-id");

    private static final Pattern FIELDS = Pattern.compile(
            "(?i)(\"[a-z_-]*(?:password|passwd|secret|token|api[_-]?key|private[_-]?key|authorization)\"\\s*:\\s*\")"
                    + "[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"");

    /** The same in a query or a form. A page's token is none: who reads a log wants to see how far a loop has come. */
    private static final Pattern PARAMETERS =
            Pattern.compile("(?i)((?:^|[?&])(?:[a-z_-]*(?:password|passwd|secret|signature|api[_-]?key|private[_-]?key)"
                    + "|(?:access|auth|bearer|id|refresh|security|session)?[_-]?token|sig)=)[^&#\\s]*+");

    private final List<String> secrets;
    private final Set<String> headers;

    Masking(Collection<String> secrets) {
        this(secrets, Set.of());
    }

    /** @param headers names of headers that are not shown, besides the known ones */
    Masking(Collection<String> secrets, Set<String> headers) {
        this.headers =
                headers.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        // A very short value would hide half the log and protects nothing.
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= 4)
                .flatMap(Masking::forms)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A secret as it stands in a URL, in a form, and in JSON. */
    private static Stream<String> forms(String secret) {
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String json = Json.text(secret);
        return Stream.of(secret, encoded, encoded.replace("+", "%20"), json.substring(1, json.length() - 1));
    }

    Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>();
        headers.forEach((name, value) -> masked.put(name, isSecret(name) ? masked(name, value) : url(value)));
        return masked;
    }

    String text(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** A URL, or a header that may have one. */
    String url(String text) {
        return PARAMETERS.matcher(text(text)).replaceAll("$1" + MASK);
    }

    /** JSON, or anything else. */
    String body(String text) {
        return FIELDS.matcher(text(text)).replaceAll("$1" + MASK + "\"");
    }

    String form(String text) {
        return url(text);
    }

    private boolean isSecret(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return HEADERS.contains(name)
                || headers.contains(name)
                || name.endsWith("-signature")
                || name.endsWith("-token");
    }

    /** The scheme stays readable: “Basic” or “Bearer” tells why a call was refused. */
    private static String masked(String name, String value) {
        int space = value.indexOf(' ');
        boolean scheme = name.toLowerCase(Locale.ROOT).endsWith("authorization") && space > 0;
        return scheme ? value.substring(0, space + 1) + MASK : MASK;
    }
}
