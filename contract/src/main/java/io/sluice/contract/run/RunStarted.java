package io.sluice.contract.run;

import java.util.UUID;

/** The run that will happen; it is stored already. */
public record RunStarted(UUID runId) {}
