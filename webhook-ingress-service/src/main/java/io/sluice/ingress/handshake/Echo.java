package io.sluice.ingress.handshake;

import java.util.regex.Pattern;

/** Answers with a text that came in. */
final class Echo {

    /** Long enough for all senders, too short to be a page. */
    private static final Pattern HARMLESS = Pattern.compile("[\\x20-\\x7e]{1,512}");

    private Echo() {}

    static Handshake of(String text) {
        return HARMLESS.matcher(text).matches()
                ? Handshake.Answered.text(text)
                : new Handshake.Refused("the text to repeat is not one of up to 512 printable characters");
    }
}
