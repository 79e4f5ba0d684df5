package io.sluice.system.client;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** How long tests wait for what must come. Far beyond what is promised: tests prove that it happens, not how fast. */
public final class Patience {

    private static final Duration POLL = Duration.ofMillis(100);

    private Patience() {}

    /** A run, a poll, a delivery. */
    public static ConditionFactory soon() {
        return within(Duration.ofSeconds(60));
    }

    /** What may first have to wait until the lease of a dead replica ends. */
    public static ConditionFactory afterTakeover() {
        return within(Duration.ofMinutes(3));
    }

    /** A saved change; promised within a second. */
    public static ConditionFactory untilInForce() {
        return within(Duration.ofSeconds(5));
    }

    /** For moments that must be met while they last, and for what is measured. */
    public static ConditionFactory closely() {
        return within(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5));
    }

    private static ConditionFactory within(Duration duration) {
        return Awaitility.await().atMost(duration).pollInterval(POLL).pollDelay(Duration.ZERO);
    }
}
