package io.sluice.run.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whose call it is.
 *
 * @param tenant whose limits and circuits the call shares
 * @param secrets values that were opened for the run so far; calls add theirs, so that one that a target echoes is masked
 *     in the log of later calls too. Safe for use by several threads
 */
public record Caller(String tenant, Set<String> secrets) {

    /** Somebody who has no secrets yet. */
    public static Caller of(String tenant) {
        return new Caller(tenant, ConcurrentHashMap.newKeySet());
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
