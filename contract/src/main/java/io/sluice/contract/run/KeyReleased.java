package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key that goes on.
 *
 * @param runId the failed event's new run, where it is tried again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyReleased(String key, @Nullable UUID runId) {}
