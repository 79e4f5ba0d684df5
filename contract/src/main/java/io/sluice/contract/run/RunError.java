package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a step or run failed.
 *
 * @param code stable word: {@code http-status}, {@code communication}, {@code expression}, {@code limit},
 *     {@code timeout}, {@code blocked-address}, {@code raised}, {@code configuration}, {@code internal}
 * @param status HTTP-like number that flows match on
 * @param pointer the task in the flow
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunError(
        @Schema(examples = "http-status") String code,
        @Schema(examples = "503") int status,
        String title,
        @Nullable String detail,
        @Schema(examples = "/do/1/deliver") @Nullable String pointer) {}
