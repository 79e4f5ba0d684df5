package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The call is stored. The same event again gets the same answer.
 *
 * @param runId the run that will happen; the first of a batch. Absent when none does
 * @param runIds all of a batch, in its order
 * @param outcome {@code filtered} or {@code captured}, when no run happens
 * @param statusUrl where to ask how the run goes, when an answer could not wait for it any longer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CallAccepted(
        @Nullable UUID runId,
        @Nullable List<UUID> runIds,
        @Nullable CallOutcome outcome,
        @Nullable URI statusUrl) {

    /** A run will happen. */
    public static CallAccepted run(UUID runId) {
        return new CallAccepted(runId, null, null, null);
    }
}
