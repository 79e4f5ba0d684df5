package io.sluice.ingress.signature;

import java.util.List;

/** What handshakes answer with a secret. Whoever calls it says why the text cannot be an event's. */
public final class KeyedAnswer {

    private KeyedAnswer() {}

    public static String hex(String secret, String text) {
        return Encoding.HEX.encoded(Hmac.of(Hmac.SHA256, secret, Hmac.utf8(text)));
    }

    public static String base64(String secret, String text) {
        return Encoding.BASE64.encoded(Hmac.of(Hmac.SHA256, secret, Hmac.utf8(text)));
    }

    /** In constant time. */
    public static boolean isOneOf(String received, String... expected) {
        return Hmac.isOneOf(received, List.of(expected));
    }
}
