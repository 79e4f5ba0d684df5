package io.sluice.run.step;

import io.sluice.run.expression.Pointers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Names one visit of a task in a run: the path of names, with the index of each enclosing loop and the number of the
 * visit where {@code then} goes back. The same on every attempt, different on each page of a loop.
 */
record Visit(String path) {

    static final Visit ROOT = new Visit("");

    Visit task(String name, int number) {
        return new Visit(path + "/" + Pointers.escape(name).replace("#", "~2") + (number == 1 ? "" : "#" + number));
    }

    Visit iteration(int index) {
        return new Visit(path + "/" + index);
    }

    Visit part(String name) {
        return new Visit(path + "/" + name);
    }

    /** The Idempotency-Key of a write at this visit. */
    String key(UUID run) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return run + "-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
