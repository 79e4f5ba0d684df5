package io.sluice.contract.connection;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How often a system may be called. Calls are spread over the period, in bursts of a tenth of it at most.
 *
 * @param requests most calls in the period
 * @param per the period, ISO 8601 duration, 1 s to 1 day
 */
public record CallRate(
        @Min(1) @Max(1_000_000) @Schema(examples = "60") int requests,

        @NotNull @Schema(type = SchemaType.STRING, format = "duration", examples = "PT1M")
        Duration per) {}
