package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Another value for what an integration's flow keeps between runs: exactly one of the two.
 *
 * @param toVersion one of the last values, by its version
 * @param value any JSON; a JSON null makes the next run begin as the first one did
 */
// What is left out must not become a null on its way to the service that keeps the state: that is a value.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SetState(
        @Nullable Long toVersion,
        @Schema(implementation = Object.class) @Nullable JsonNode value) {}
