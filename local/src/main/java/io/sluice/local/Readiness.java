package io.sluice.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Whether an address answers 200. */
final class Readiness {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final URI address;

    Readiness(URI address) {
        this.address = address;
    }

    /** Waits for the child to answer; fails when it dies or the time is over. */
    void await(ChildProcess child, Duration patience) {
        long start = System.nanoTime();
        while (!isReady()) {
            if (!child.isAlive()) {
                throw child.failure("ended while it started");
            }
            if (System.nanoTime() - start > patience.toNanos()) {
                throw child.failure("did not become ready within " + patience.toSeconds() + " s");
            }
            pause(child);
        }
    }

    boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout((int) ANSWER.toMillis());
            connection.setReadTimeout((int) ANSWER.toMillis());
            try {
                return connection.getResponseCode() == OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException _) {
            return false;
        }
    }

    private static void pause(ChildProcess child) {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting for " + child.name(), e);
        }
    }
}
