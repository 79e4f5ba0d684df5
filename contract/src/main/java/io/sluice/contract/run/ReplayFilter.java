package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which ended runs of an integration; what is left out does not narrow.
 *
 * @param status default {@code failed}
 * @param errorCode the error's stable word, such as {@code http-status}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplayFilter(
        @Nullable RunStatus status,
        @Nullable TriggerKind trigger,
        @Nullable Instant from,
        @Nullable Instant to,

        @Size(max = 60) @Schema(examples = "http-status") @Nullable
        String errorCode) {}
