package io.sluice.run.step;

import io.sluice.contract.run.RunError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
        private final String limit;
        private final @Nullable String pointer;

        /**
         * @param code {@code timeout} or {@code limit}
         * @param name the limit as the configuration names it, under {@code sluice.runs}
         * @param pointer the task at which the run was
         */
        LimitReached(String code, String name, String value, String message, @Nullable String pointer) {
            super(message);
            this.code = code;
            this.limit = name + " = " + value;
            this.pointer = pointer;
        }

        public String code() {
            return code;
        }

        /** What became of the run: which limit it reached, its value, and where. */
        public RunError error() {
            return new RunError(code, 500, String.valueOf(getMessage()), "The limit is " + limit, pointer);
        }
    }
}
