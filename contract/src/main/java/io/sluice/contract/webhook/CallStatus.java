package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.contract.run.RunStatus;
import java.util.UUID;

/** How the run of a call goes, for its sender. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallStatus(UUID runId, RunStatus status) {}
