package io.sluice.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Another value for what an integration's flow keeps between runs: exactly one of the two.
 *
 * @param toVersion one of the last values, by its version
 * @param value any JSON; a JSON null makes the next run begin as the first one did
 */
public record SetState(
        @Nullable Long toVersion,
        @Schema(implementation = Object.class) @Nullable JsonNode value) {}
