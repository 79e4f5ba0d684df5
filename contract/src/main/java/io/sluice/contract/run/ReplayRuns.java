package io.sluice.contract.run;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Repeats many runs, oldest first.
 *
 * @param fromFailure whether each goes on at the step that failed, with its old Idempotency-Keys; else each begins anew
 * @param perMinute how many are started a minute; default 60
 */
public record ReplayRuns(
        @Valid @Nullable ReplayFilter filter,
        boolean fromFailure,

        @Min(1) @Max(60000) @Schema(examples = "60") @Nullable
        Integer perMinute) {}
