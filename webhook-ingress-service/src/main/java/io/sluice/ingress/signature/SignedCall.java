package io.sluice.ingress.signature;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What of a call can be signed.
 *
 * @param headers names in small letters, each with all its values
 * @param url public URL with the query string, as the sender knows it
 */
public record SignedCall(String method, String url, Map<String, List<String>> headers, byte[] body) {

    /** What stands in the token's place wherever a call is shown. */
    public static final String HIDDEN = "…";

    private static final String PATH = "/webhook/";

    /** The one value of a header; none when it is missing or comes twice, which no honest sender does. */
    public Optional<String> single(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    /** The query string as sent; empty when there is none. */
    public String query() {
        int mark = url.indexOf('?');
        return mark < 0 ? "" : url.substring(mark + 1);
    }

    /** The secret part of a webhook's URL; empty when it is none. */
    public String token() {
        int mark = url.indexOf('?');
        int end = mark < 0 ? url.length() : mark;
        int from = url.lastIndexOf(PATH, end);
        return from < 0 ? "" : url.substring(Math.min(from + PATH.length(), end), end);
    }

    /** For those who may see what was signed and not where to send it. */
    SignedCall withoutToken() {
        String token = token();
        return token.isEmpty() ? this : new SignedCall(method, url.replace(token, HIDDEN), headers, body);
    }

    /** The media type alone, in small letters; empty when it is not said. */
    public String mediaType() {
        return single("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** The same with another query string. */
    SignedCall withQuery(String query) {
        int mark = url.indexOf('?');
        String path = mark < 0 ? url : url.substring(0, mark);
        return new SignedCall(method, query.isEmpty() ? path : path + "?" + query, headers, body);
    }
}
