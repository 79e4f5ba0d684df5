package io.sluice.run.queue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a run shares with others of its integration, so that it may have to wait for them.
 *
 * @param name unique in the integration
 */
public record Lane(String name) {

    /** Runs of a flow that keeps a context: one after the other. */
    public static final Lane CONTEXT = new Lane("context");

    /** Runs that only share the integration's limit. */
    public static final Lane LIMIT = new Lane("");

    private static final String KEY = "key:";
    private static final int LONGEST = 200;

    /** Runs whose events have the same key: one after the other, in the order of their acceptance. */
    public static Lane ofKey(String key) {
        String storable = key.replace('\u0000', '\uFFFD');
        return new Lane(KEY + (storable.length() <= LONGEST ? storable : sha256(storable)));
    }

    /** Whether its runs are numbered, and an event that fails for good parks it. Follows from the name. */
    @JsonIgnore
    public boolean isOrdered() {
        return isOrdered(name);
    }

    /** The same of a stored name. */
    public static boolean isOrdered(String name) {
        return name.startsWith(KEY);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
