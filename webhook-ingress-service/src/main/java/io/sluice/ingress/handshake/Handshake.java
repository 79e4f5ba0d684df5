package io.sluice.ingress.handshake;

import java.util.Map;

/** What becomes of a sender's question whether the URL is meant for it. */
public sealed interface Handshake {

    /** The call is no such question. */
    record None() implements Handshake {}

    /** @param headers with the {@code Content-Type} */
    record Answered(int status, Map<String, String> headers, String body) implements Handshake {
        public Answered {
            headers = Map.copyOf(headers);
        }

        /** A text that came from outside: no browser shall see more in it. */
        static Answered text(String body) {
            return new Answered(
                    200,
                    Map.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"),
                    body);
        }

        static Answered json(String body) {
            return new Answered(
                    200, Map.of("Content-Type", "application/json", "X-Content-Type-Options", "nosniff"), body);
        }
    }

    /** It is one, but not to be answered. The reason is for the endpoint's owner. */
    record Refused(String reason) implements Handshake {}
}
