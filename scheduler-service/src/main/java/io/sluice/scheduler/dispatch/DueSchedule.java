package io.sluice.scheduler.dispatch;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.store.DeploymentStore;
import java.time.Instant;
import java.util.UUID;

/**
 * A schedule whose instant has come, locked by the transaction that claimed it.
 *
 * @param busy whether a run of this schedule is still open
 * @param now the database's clock
 */
record DueSchedule(
        UUID id,
        Instant nominalAt,
        ScheduleSettings settings,
        DeploymentStore.Stored deployment,
        boolean busy,
        Instant now) {}
