package io.sluice.contract.webhook;

import java.util.UUID;

/** The call is stored; the run will happen. The same event again gets the same answer. */
public record CallAccepted(UUID runId) {}
