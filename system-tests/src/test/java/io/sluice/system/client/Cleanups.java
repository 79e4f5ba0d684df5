package io.sluice.system.client;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test leaves behind is undone after it, last things first. */
public final class Cleanups {

    private final Deque<Runnable> actions = new ArrayDeque<>();

    public synchronized void add(Runnable action) {
        actions.push(action);
    }

    /** Does all of them, even when one fails; the first failure is thrown at the end. */
    public synchronized void run() {
        AssertionError failure = null;
        while (!actions.isEmpty()) {
            try {
                actions.pop().run();
            } catch (RuntimeException | AssertionError e) {
                if (failure == null) {
                    failure = new AssertionError("The test left something that cannot be cleaned up", e);
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
