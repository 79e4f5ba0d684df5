package io.sluice.local.demo;

/** What became of one attempt to post a webhook. */
sealed interface Reply {

    /** The receiver answered; the body is cut. */
    record Answered(int status, String body) implements Reply {}

    /** There was no answer. */
    record Unreachable(String reason) implements Reply {}

    default boolean isWithin(int least, int most) {
        return switch (this) {
            case Answered(var status, var _) -> status >= least && status <= most;
            case Unreachable _ -> false;
        };
    }
}
