package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was compared, in texts that can be stored and shown. */
final class Explained {

    private static final int LONGEST = 4_096;
    private static final int MOST_BYTES_OF_A_CHARACTER = 4;

    private Explained() {}

    static Optional<SignatureCheck> place(String scheme, String place) {
        return Optional.of(new SignatureCheck(scheme, place, null, null, null));
    }

    static Optional<SignatureCheck> compared(
            String scheme,
            String place,
            Optional<String> received,
            Optional<String> expected,
            Optional<byte[]> content) {
        return Optional.of(new SignatureCheck(
                scheme,
                place,
                received.map(Explained::cut).orElse(null),
                expected.orElse(null),
                content.map(Explained::text).orElse(null)));
    }

    private static @Nullable String text(byte[] content) {
        int length = Math.min(content.length, LONGEST * MOST_BYTES_OF_A_CHARACTER);
        return cut(new String(Arrays.copyOf(content, length), StandardCharsets.UTF_8));
    }

    private static String cut(String text) {
        int end = Math.min(text.length(), LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        // PostgreSQL keeps no NUL in a text.
        return text.substring(0, end).replace('\0', '\uFFFD');
    }
}
