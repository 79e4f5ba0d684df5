package io.sluice.scheduler.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica looks for due schedules. */
@ConfigMapping(prefix = "sluice.dispatch")
public interface DispatchConfig {

    /** Time between two looks. Bounds how late a schedule fires on an idle cluster. */
    @WithDefault("200ms")
    Duration pollInterval();
}
