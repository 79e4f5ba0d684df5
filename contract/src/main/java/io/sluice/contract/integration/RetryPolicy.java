package io.sluice.contract.integration;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * When a run that failed is tried again; it goes on at the step that failed. A flow's own {@code retry} comes first.
 *
 * @param attempts in all, 1 for no second one
 * @param backoff before the second attempt, doubled before each further one
 * @param maxBackoff longest pause
 * @param on what may pass: {@code timeout}, {@code communication}, {@code internal}, an HTTP status ({@code 429}) or a
 *     class of them ({@code 5xx})
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryPolicy(
        @Min(1) @Max(20) @Schema(examples = "5") @Nullable Integer attempts,

        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING, examples = "PT10S")
        @Nullable
        Duration backoff,

        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING, examples = "PT1H")
        @Nullable
        Duration maxBackoff,

        @Size(max = 20) @Nullable
        List<@Pattern(regexp = "timeout|communication|internal|[45]xx|[45]\\d\\d") String> on) {}
