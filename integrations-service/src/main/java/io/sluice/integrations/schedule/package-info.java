/** Schedules of integrations: kept and validated here, fired by scheduler-service. */
@NullMarked
package io.sluice.integrations.schedule;

import org.jspecify.annotations.NullMarked;
