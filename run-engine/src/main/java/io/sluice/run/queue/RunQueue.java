package io.sluice.run.queue;

import io.sluice.run.step.StepRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Where runs wait and are held. The database's clock decides what is due and whose lease is over. */
public interface RunQueue {

    /** Claims due runs, oldest first, at most {@code most}; runs of dead workers among them. */
    List<ClaimedRun> claim(String worker, Duration lease, int most);

    /**
     * Renews the runs that the worker executes, and says which of them it still has. A run that it holds and does not
     * name is left to run out: nobody executes it any more.
     */
    List<Held> renew(String worker, Duration lease, Collection<UUID> runs);

    /** A run that the worker still holds. */
    record Held(UUID runId, long fence, boolean cancelRequested) {}

    /** Which of the worker's runs somebody wants cancelled. */
    List<UUID> cancelled(String worker);

    /**
     * Ends attempts, each with its last log records, in one commit.
     *
     * @return those (the same objects) whose run was still the worker's; of the others nothing was written
     */
    Set<Ending> end(List<Ending> endings);

    /** How an attempt ended, and what of its log is not written yet. */
    record Ending(ClaimedRun run, RunEnd end, List<StepRecord> steps) {}

    /** Gives back what the worker holds, at once due again and without counting the attempt: at shutdown. */
    void giveBack(String worker);
}
