package io.sluice.ingress.signature;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** URLs with the port said and not said, else left as they are, character by character. */
final class PublicUrl {

    /** Scheme, host (or an IPv6 address in brackets), port. */
    private static final Pattern AUTHORITY = Pattern.compile("^(https?)://(\\[[^\\]]*]|[^/?#:]*)(:[0-9]+)?");

    private PublicUrl() {}

    static String withoutPort(String url) {
        Matcher matcher = AUTHORITY.matcher(url);
        return matcher.find() ? matcher.group(1) + "://" + matcher.group(2) + url.substring(matcher.end()) : url;
    }

    static String withPort(String url) {
        Matcher matcher = AUTHORITY.matcher(url);
        if (!matcher.find() || matcher.group(3) != null) {
            return url;
        }
        String port = matcher.group(1).equals("https") ? ":443" : ":80";
        return url.substring(0, matcher.end()) + port + url.substring(matcher.end());
    }
}
