package io.sluice.run.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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
            "(?i)(\"[a-z_-]*(?:password|passwd|secret|token|api_?key|private_?key|authorization)\"\\s*:\\s*\")"
                    + "(?:[^\"\\\\]|\\\\.)*\"");

    private final List<String> secrets;

    Masking(Collection<String> secrets) {
        // A very short value would hide half the log and protects nothing.
        this.secrets = secrets.stream().filter(secret -> secret.length() >= 4).toList();
    }

    Map<String, String> headers(Map<String, String> headers) {
        Map<String, String> masked = new LinkedHashMap<>();
        headers.forEach((name, value) -> masked.put(name, isSecret(name) ? masked(name, value) : text(value)));
        return masked;
    }

    String text(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    String body(String text) {
        return FIELDS.matcher(text(text)).replaceAll("$1" + MASK + "\"");
    }

    private static boolean isSecret(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return HEADERS.contains(name) || name.endsWith("-signature") || name.endsWith("-token");
    }

    /** The scheme stays readable: “Basic” or “Bearer” tells why a call was refused. */
    private static String masked(String name, String value) {
        int space = value.indexOf(' ');
        boolean scheme = name.toLowerCase(Locale.ROOT).endsWith("authorization") && space > 0;
        return scheme ? value.substring(0, space + 1) + MASK : MASK;
    }
}
