package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call at a webhook URL, as a row of a list. Accepted calls are kept as long as runs, of all others the last 100 of
 * each outcome.
 *
 * @param status what the caller got; of calls that wait for their run, 202
 * @param reason for the owner: why it was refused or filtered
 * @param query without its question mark
 * @param bodyBytes size of the body as it came
 * @param sender the caller's address
 * @param runIds runs that it started, or that the first call of the same event has started; several for a batch
 * @param eventId by which repetitions are known
 * @param previousUrl whether it came at the URL from before the last rotation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReceivedCall(
        UUID id,
        Instant receivedAt,
        CallOutcome outcome,
        int status,
        @Nullable String reason,
        String method,
        @Nullable String query,
        @Nullable String contentType,
        long bodyBytes,
        @Nullable String sender,
        List<UUID> runIds,
        @Nullable String eventId,
        boolean previousUrl) {
    public ReceivedCall {
        runIds = runIds == null ? List.of() : List.copyOf(runIds);
    }
}
