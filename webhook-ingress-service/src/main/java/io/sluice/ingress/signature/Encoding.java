package io.sluice.ingress.signature;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** How the bytes of a signature are written. */
enum Encoding {
    HEX {
        @Override
        String encoded(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }

        @Override
        byte[] bytes(String text) {
            return HexFormat.of().parseHex(text);
        }
    },
    BASE64 {
        @Override
        String encoded(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }

        /** Strict: the JDK's decoder takes several spellings for the same bytes, senders write one. */
        @Override
        byte[] bytes(String text) {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (!encoded(bytes).equals(text)) {
                throw new IllegalArgumentException("not canonical");
            }
            return bytes;
        }
    };

    abstract String encoded(byte[] bytes);

    /** @throws IllegalArgumentException when it is not written so */
    abstract byte[] bytes(String text);

    /** Empty when it is not written so. */
    Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(bytes(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
