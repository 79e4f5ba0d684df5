package io.sluice.scheduler.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a replica waits for due schedules. */
@ConfigMapping(prefix = "sluice.dispatch")
public interface DispatchConfig {

    /** Whether this replica fires schedules; one that does not still keeps them and tells of them. */
    @WithDefault("true")
    boolean enabled();

    /** After it a replica looks, though nothing is due and nobody has rung: bounds how late a change can be seen. */
    @WithDefault("500ms")
    Duration longestSleep();

    /** Between two looks while another replica fires what is due. */
    @WithDefault("10ms")
    Duration shortestSleep();

    /** A due instant without an outcome for so long is told by health and metrics. */
    @WithDefault("1m")
    Duration patience();
}
