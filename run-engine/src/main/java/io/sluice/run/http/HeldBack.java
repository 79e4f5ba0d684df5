package io.sluice.run.http;

import java.time.Duration;

/** A call that was not made: the target's circuit is open, or its limits are used up. Nothing was sent. */
public class HeldBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * @param delay until it is worth asking again
     * @param reason for people
     */
    public HeldBack(Duration delay, String reason) {
        super(reason, null, false, false);
        this.delay = delay;
    }

    public Duration delay() {
        return delay;
    }
}
