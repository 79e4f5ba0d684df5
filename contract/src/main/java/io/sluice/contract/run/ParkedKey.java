package io.sluice.contract.run;

import java.time.Instant;
import java.util.UUID;

/**
 * A key whose event failed for good, so that those behind it wait.
 *
 * @param key as the integration's expression gave it; a very long one is its SHA-256
 * @param runId the run that failed
 * @param waiting how many events wait
 */
public record ParkedKey(String key, UUID runId, Instant since, long waiting) {}
