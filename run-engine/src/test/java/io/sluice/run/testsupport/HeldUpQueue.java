package io.sluice.run.testsupport;

import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunQueue;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** A queue whose first claim takes as long as a test wants. */
public final class HeldUpQueue implements RunQueue {

    private final RunQueue queue;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    public HeldUpQueue(RunQueue queue) {
        this.queue = queue;
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    public void goOn() {
        free.countDown();
    }

    @Override
    public List<ClaimedRun> claim(String worker, Duration lease, int most) {
        asked.countDown();
        try {
            free.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return queue.claim(worker, lease, most);
    }

    @Override
    public List<Held> renew(String worker, Duration lease, Collection<UUID> runs) {
        return queue.renew(worker, lease, runs);
    }

    @Override
    public List<UUID> cancelled(String worker) {
        return queue.cancelled(worker);
    }

    @Override
    public Set<Ending> end(List<Ending> endings) {
        return queue.end(endings);
    }

    @Override
    public void giveBack(String worker) {
        queue.giveBack(worker);
    }
}
