package io.sluice.run.deployment;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the follower fares, for health and metrics. */
public final class FeedState {

    private volatile @Nullable Instant lastAnswer;
    private volatile String trouble = "";

    void answered(Instant at) {
        lastAnswer = at;
        trouble = "";
    }

    void failed(String why) {
        trouble = why;
    }

    /** When integrations-service last answered this replica. */
    public Optional<Instant> lastAnswer() {
        return Optional.ofNullable(lastAnswer);
    }

    /** Why the feed cannot be followed now; empty when it can. */
    public String trouble() {
        return trouble;
    }
}
