package io.sluice.run.queue;

import io.sluice.run.step.StepRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where runs wait and are held. The database's clock decides what is due and whose lease is over. */
public interface RunQueue {

    /** Claims due runs, oldest first, at most {@code most}; runs of dead workers among them. */
    List<ClaimedRun> claim(String worker, Duration lease, int most);

    /**
     * Renews the runs that the worker executes, and says which of them it still has and which are to be cancelled. A run
     * that it holds and does not name is left to run out: nobody executes it any more.
     */
    List<Held> renew(String worker, Duration lease, Collection<UUID> runs);

    /** A run that the worker still holds. */
    record Held(UUID runId, long fence, boolean cancelRequested) {}

    /**
     * Ends an attempt, with its last log records, in one commit.
     *
     * @return false when the run belongs to somebody else by now; nothing was written then
     */
    boolean end(ClaimedRun run, RunEnd end, List<StepRecord> steps);

    /** Gives back what the worker holds, at once due again and without counting the attempt: at shutdown. */
    void giveBack(String worker);
}
