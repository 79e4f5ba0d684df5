/** Schedules as the deployments feed brings them, and their due instants. */
@NullMarked
package io.sluice.scheduler.schedule;

import org.jspecify.annotations.NullMarked;
