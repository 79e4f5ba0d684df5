package io.sluice.scheduler.dispatch;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import io.sluice.run.store.DeploymentStore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule whose instant has come, locked by the transaction that claimed it. Its texts are read by whoever fires it, so that one that cannot be read fails alone and not its batch.
 *
 * @param busy whether a run of this schedule is still open
 * @param now the database's clock
 */
record DueSchedule(
        UUID id,
        Instant nominalAt,
        String settingsText,
        String document,
        @Nullable String problem,
        boolean busy,
        Instant now) {

    /** @throws IllegalArgumentException when another version left what this one cannot read */
    ScheduleSettings settings() {
        return Json.parse(settingsText, ScheduleSettings.class);
    }

    /** @throws IllegalArgumentException when another version left what this one cannot read */
    DeploymentStore.Stored deployment() {
        return DeploymentStore.stored(document, problem);
    }
}
