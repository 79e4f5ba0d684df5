package io.sluice.ingress.intake;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers that a flow or an endpoint may put into an answer: none that frame the message or set state for our host. */
final class AnswerHeaders {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,4000}");
    private static final Set<String> OURS = Set.of(
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "trailer",
            "te",
            "set-cookie",
            "strict-transport-security");

    private AnswerHeaders() {}

    static boolean isAllowed(String name, String value) {
        return NAME.matcher(name).matches()
                && VALUE.matcher(value).matches()
                && !OURS.contains(name.toLowerCase(Locale.ROOT));
    }
}
