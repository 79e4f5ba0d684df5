package io.sluice.local;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process with all that it started. Scripts do not pass every signal on, so that each member is told. */
final class ProcessTree {

    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<ProcessHandle> members;

    private ProcessTree(List<ProcessHandle> members) {
        this.members = members;
    }

    static ProcessTree of(ProcessHandle root) {
        return new ProcessTree(
                Stream.concat(Stream.of(root), root.descendants()).toList());
    }

    /** Asks each member to end (SIGTERM), and kills those that still live when the patience is over. */
    void end(Duration patience) {
        members.forEach(ProcessHandle::destroy);
        if (!awaitEnd(patience)) {
            kill();
        }
    }

    /** Ends each member at once (SIGKILL). */
    void kill() {
        members.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(AFTER_KILL);
    }

    /** Looks by itself, as the JDK notices the end of a process that is not its own child only after seconds. */
    private boolean awaitEnd(Duration patience) {
        long start = System.nanoTime();
        while (members.stream().anyMatch(ProcessTree::isRunning)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** A process that ended but was not collected by its parent still counts as alive; it has no program any more. */
    private static boolean isRunning(ProcessHandle member) {
        return member.isAlive() && member.info().command().isPresent();
    }
}
