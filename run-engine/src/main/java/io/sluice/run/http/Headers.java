package io.sluice.run.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names and values of headers, in and out. */
public final class Headers {

    /** RFC 9110 §5.1. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Headers that belong to one hop (RFC 9110 §7.6.1), or that the client sets itself. */
    private static final Set<String> NOT_SENT = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length");

    private Headers() {}

    static boolean isSent(String name) {
        return !NOT_SENT.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Looks at them before they are sent: names and values may come from a connection or an expression.
     *
     * @throws HttpFailure when one could not be sent as it is; the message never has a value
     */
    public static void check(Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw new HttpFailure(
                        HttpFailure.Reason.INVALID_REQUEST,
                        "“" + visible(name) + "” cannot be the name of a header: letters, digits and hyphens can");
            }
            if (!value.chars().allMatch(Headers::isFieldContent)) {
                throw new HttpFailure(
                        HttpFailure.Reason.INVALID_REQUEST,
                        "the header “" + name + "” has a line break or another character that a header cannot carry");
            }
        });
    }

    private static String visible(String name) {
        return name.replaceAll("\\p{Cntrl}", "�");
    }

    /** RFC 9110 §5.5: visible characters, blanks, tabs, and the rest of Latin-1 for old servers' sake. */
    private static boolean isFieldContent(int c) {
        return c == '\t' || (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c <= 0xff);
    }

    /** Names in small letters, as HTTP/2 has them; repeated ones are joined. */
    static Map<String, String> lowerCased(Iterable<Map.Entry<String, String>> headers) {
        Map<String, String> result = new LinkedHashMap<>();
        headers.forEach(header -> result.merge(
                header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (first, second) -> first + ", " + second));
        return result;
    }
}
