package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for the next call, which is shown and starts no run.
 *
 * @param until when it gives up
 * @param call what came; absent until it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Listener(UUID id, Instant until, @Nullable ReceivedCallDetail call) {}
