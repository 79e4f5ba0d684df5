package io.sluice.ingress.signature;

import java.util.Arrays;

/** Bytes one after the other, as they are signed. */
final class Joined {

    private Joined() {}

    static byte[] of(byte[] head, byte[] body) {
        byte[] joined = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, joined, head.length, body.length);
        return joined;
    }
}
