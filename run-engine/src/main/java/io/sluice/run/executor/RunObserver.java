package io.sluice.run.executor;

import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.StepRecord;
import java.time.Duration;

/** Is told what happens to runs while they are executed, for metrics and traces. Must not throw. */
public interface RunObserver {

    /** An attempt begins on the calling thread, which is the run's own until it is closed. */
    Attempted begins(ClaimedRun run);

    /** An attempt under observation. */
    interface Attempted extends AutoCloseable {

        /** A task is about to act; the record that says how it went follows, on the same thread. */
        Acting acts(String name, String pointer);

        /** A record was made, of a task that acted or of any other. */
        void logged(StepRecord step);

        /** How it ended, and how long it took. */
        void ended(RunEnd end, Duration took);

        @Override
        void close();
    }

    /** A task that acts under observation. */
    interface Acting extends AutoCloseable {

        @Override
        void close();
    }

    /** Nobody looks. */
    RunObserver NONE = run -> Unobserved.INSTANCE;

    /** An attempt that nobody looks at. */
    enum Unobserved implements Attempted {
        INSTANCE;

        @Override
        public Acting acts(String name, String pointer) {
            return () -> {};
        }

        @Override
        public void logged(StepRecord step) {}

        @Override
        public void ended(RunEnd end, Duration took) {}

        @Override
        public void close() {}
    }
}
