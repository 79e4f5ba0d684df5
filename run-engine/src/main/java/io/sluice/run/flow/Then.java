package io.sluice.run.flow;

/** Where the flow goes after a task. */
public sealed interface Then {

    /** On with the next task. */
    record Next() implements Then {}

    /** Out of the enclosing list. */
    record Exit() implements Then {}

    /** To the flow's end. */
    record End() implements Then {}

    /** To a task of the same list. */
    record Goto(String task) implements Then {}
}
