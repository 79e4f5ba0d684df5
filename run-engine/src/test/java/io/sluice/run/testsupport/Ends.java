package io.sluice.run.testsupport;

import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.step.StepRecord;
import java.util.List;

/** Ends one attempt by itself. */
public final class Ends {

    private Ends() {}

    /** Whether the run was still its worker's. */
    public static boolean end(RunQueue queue, ClaimedRun run, RunEnd end, List<StepRecord> steps) {
        return !queue.end(List.of(new RunQueue.Ending(run, end, steps))).isEmpty();
    }
}
