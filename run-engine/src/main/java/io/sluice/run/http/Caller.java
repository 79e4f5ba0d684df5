package io.sluice.run.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose call it is.
 *
 * @param tenant whose limits and circuits the call shares
 * @param secrets values that were opened for the run so far; calls add theirs, so that one that a target echoes is masked
 *     in the log of later calls too. Safe for use by several threads
 * @param ahead whether its calls do not wait for the memory of bodies
 */
public record Caller(String tenant, Set<String> secrets, boolean ahead) {

    public Caller(String tenant, Set<String> secrets) {
        this(tenant, secrets, false);
    }

    /**
     * The same, who does not wait for the memory of bodies: holders of it may wait for what this one holds, a place
     * among the large runs.
     */
    public Caller inFront() {
        return new Caller(tenant, secrets, true);
    }

    /** Somebody who has no secrets yet. */
    public static Caller of(String tenant) {
        return new Caller(tenant, ConcurrentHashMap.newKeySet());
    }

    /** A text without the secrets that were opened so far. */
    public String masked(String text) {
        return new Masking(secrets).text(text);
    }

    static Caller nobody() {
        return of("");
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "Caller[" + tenant + "]";
    }
}
