package io.sluice.contract.webhook;

import java.util.List;
import java.util.UUID;

/** The runs that a call has started once more. */
public record CallReplayed(List<UUID> runIds) {}
