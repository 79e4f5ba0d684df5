package io.sluice.run.step;

import java.time.Duration;

/** The run cannot go on whatever its flow says; never caught by a {@code try}. */
public abstract class RunStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunStopped(String message) {
        super(message);
    }

    /** Somebody cancelled the run. */
    public static final class Cancelled extends RunStopped {
        private static final long serialVersionUID = 1L;

        public Cancelled() {
            super("cancelled");
        }
    }

    /** Another replica owns the run by now, or this one is shutting down: nothing more may be written. */
    public static final class LeaseLost extends RunStopped {
        private static final long serialVersionUID = 1L;

        public LeaseLost() {
            super("the lease is lost");
        }
    }

    /**
     * The run waits for something outside (an open circuit, a rate limit): it goes back to the queue, and neither the
     * attempt nor its time counts. Only thrown where nothing was sent yet.
     */
    public static final class Parked extends RunStopped {
        private static final long serialVersionUID = 1L;
        private final Duration delay;

        /**
         * @param delay until it may go on
         * @param reason for people: what it waits for
         */
        public Parked(Duration delay, String reason) {
            super(reason);
            this.delay = delay;
        }

        public Duration delay() {
            return delay;
        }
    }

    /** A limit of the run is used up. */
    public static final class LimitReached extends RunStopped {
        private static final long serialVersionUID = 1L;
        private final String code;

        public LimitReached(String code, String message) {
            super(message);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
