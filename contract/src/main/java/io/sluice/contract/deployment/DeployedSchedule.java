package io.sluice.contract.deployment;

import io.sluice.contract.schedule.ScheduleSettings;
import java.util.UUID;

/** A schedule as the scheduler gets it; {@code activateOn} is always set and carries an offset. */
public record DeployedSchedule(UUID id, ScheduleSettings settings) {}
