package io.sluice.run.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.run.RunError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface RunEnd {

    record Succeeded(@Nullable JsonNode output) implements RunEnd {}

    record Failed(RunError error) implements RunEnd {}

    record Cancelled() implements RunEnd {}

    /** Back to the queue; {@code error} says why. */
    record Again(Duration delay, RunError error) implements RunEnd {}

    /** Back to the queue without counting the attempt; {@code reason} says what it waits for. */
    record Parked(Duration delay, String reason) implements RunEnd {}
}
