package io.sluice.scheduler.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.run.expression.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule whose instant has come, locked by the transaction that claimed it. Its settings are read by whoever fires
 * it, so that one that cannot be read fails alone and not its batch.
 *
 * @param nominalAt the instant by the rule
 * @param dueAt with its jitter
 * @param version the revision that last changed its settings
 * @param revision of its deployment
 * @param epoch of the feed that brought it
 * @param problem why this version cannot run the deployment
 * @param busy whether a run of this schedule is still open
 * @param queued how many of its instants wait behind that run
 * @param resumedAt instants before were in a pause
 * @param resumeCatchUp how that pause is caught up with
 * @param paceMs where an adaptive interval stands
 * @param now the database's clock
 */
record DueSchedule(
        UUID id,
        UUID integrationId,
        Instant nominalAt,
        Instant dueAt,
        long version,
        long revision,
        String epoch,
        @Nullable String problem,
        boolean busy,
        int queued,
        @Nullable Instant resumedAt,
        @Nullable String resumeCatchUp,
        @Nullable Long paceMs,
        Instant now) {

    /** What the flow gets at one of its instants. */
    ObjectNode event(Instant nominal) {
        return Json.MAPPER
                .createObjectNode()
                .put("nominalAt", nominal.toString())
                .put("firedAt", now.toString());
    }
}
