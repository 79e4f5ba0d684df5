package io.sluice.run.flow;

import io.sluice.run.expression.Value;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** What an endpoint's address must look like; what an expression gives is looked at when it is called. */
final class Endpoints {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Endpoints() {}

    static void check(String text, String pointer, Reader reader) {
        if (Value.isExpression(text)) {
            if (text.strip().contains("\n")) {
                reader.complain(pointer, "an address stands on one line, as the standard asks: fold it by >-");
            }
            return;
        }
        if (text.contains("{")) {
            reader.complain(
                    pointer, "URI templates are not part of the profile: write an expression, ${ \"https://…\" & id }");
            return;
        }
        try {
            check(new URI(text), pointer, reader);
        } catch (URISyntaxException e) {
            reader.complain(pointer, "is no URL: " + e.getReason());
        }
    }

    private static void check(URI uri, String pointer, Reader reader) {
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme())) {
            reader.complain(pointer, "an address that begins with https:// or http:// is needed here");
        } else if (uri.getRawUserInfo() != null
                || (uri.getHost() == null
                        && String.valueOf(uri.getRawAuthority()).contains("@"))) {
            reader.complain(pointer, "must not name a user: use a slot of use.authentications");
        } else if (uri.getHost() == null) {
            reader.complain(pointer, "the address names no host");
        }
    }
}
