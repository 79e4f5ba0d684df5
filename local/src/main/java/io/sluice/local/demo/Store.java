package io.sluice.local.demo;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** The current state, changed by one thread at a time. A change is on disk when {@link #change} returns. */
final class Store {

    private final StateFile file;
    private final Object changing = new Object();
    private final Object saving = new Object();

    private volatile State current;
    private long version;
    private long saved;

    private Store(StateFile file, State current) {
        this.file = file;
        this.current = current;
    }

    static Store open(StateFile file, InstantSource clock) throws IOException {
        Optional<State> kept = file.load();
        State state = kept.orElseGet(() -> Seed.state(clock.instant()));
        file.save(state);
        return new Store(file, state);
    }

    State read() {
        return current;
    }

    /** Applies a pure function. When it throws or wants no change, nothing is written. */
    <R> R change(Function<State, Change<R>> function) {
        Change<R> change;
        long reached;
        synchronized (changing) {
            change = function.apply(current);
            if (change.next().isEmpty()) {
                return change.result();
            }
            current = change.next().get();
            version++;
            reached = version;
        }
        saveUpTo(reached);
        return change.result();
    }

    /** Threads that waited for a save which had their change in it are done: a burst costs few writes. */
    private void saveUpTo(long reached) {
        synchronized (saving) {
            if (saved >= reached) {
                return;
            }
            State latest;
            long itsVersion;
            synchronized (changing) {
                latest = current;
                itsVersion = version;
            }
            file.save(latest);
            saved = itsVersion;
        }
    }

    /** The state after a change, empty when it stays as it is, and what the caller wants to know of it. */
    record Change<R>(Optional<State> next, R result) {

        static <R> Change<R> to(State next, R result) {
            return new Change<>(Optional.of(next), result);
        }

        static <R> Change<R> none(R result) {
            return new Change<>(Optional.empty(), result);
        }
    }
}
