package io.sluice.run.step;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run remembers beyond its process: results of finished steps, its context, and its log. */
public interface Journal {

    /** The result of a step that an earlier attempt has finished. Such a step is not done again. */
    Optional<Stored> find(String visit);

    /** A stored result, which may be null, and the context that was exported with it. */
    record Stored(@Nullable Object output, @Nullable ContextChange change) {}

    /** How often the visit was tried before. */
    int attempts(String visit);

    /** Says which task is about to call. */
    default void calling(String name, String pointer) {}

    /** Keeps a record; may be written later, together with others. */
    void note(StepRecord step);

    /**
     * Keeps a finished step with its result and, where it exports, the new context: one commit, done on return.
     *
     * @throws RunStopped.LeaseLost when the run belongs to somebody else by now; nothing was written then
     */
    void finish(StepRecord step, @Nullable Object output, @Nullable ContextChange change);

    /** A new value of <code>$context</code>. */
    record ContextChange(@Nullable Object value) {}

    /** The context as the run found it when it first began; what it exported since is in its results. */
    @Nullable
    Object context();

    /** @throws RunStopped.LeaseLost when the run belongs to somebody else by now */
    void checkLease();
}
