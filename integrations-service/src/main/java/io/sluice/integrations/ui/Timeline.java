package io.sluice.integrations.ui;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A run's time as a line of 1,000 parts, and where its steps lie on it. */
public record Timeline(Instant from, Instant to) {

    static final int LENGTH = 1_000;

    /** What is shorter could not be seen. */
    static final int SHORTEST = 8;

    /** A step's place: where it begins and how far it reaches. */
    public record Bar(int x, int width) {}

    /** @param now where the line of a run ends that goes on */
    static Timeline of(Run run, Instant now) {
        // What was taken over from another run happened in that one's time.
        List<Step> own = run.steps().stream()
                .filter(step -> !Boolean.TRUE.equals(step.reused()))
                .toList();
        Instant from = Stream.concat(
                        Stream.ofNullable(run.startedAt()), own.stream().map(Step::startedAt))
                .min(Comparator.naturalOrder())
                .orElse(run.createdAt());
        Instant to = Stream.concat(
                        Stream.of(Objects.requireNonNullElse(run.endedAt(), now)),
                        own.stream().map(step -> step.startedAt().plusMillis(step.durationMs())))
                .max(Comparator.naturalOrder())
                .orElse(now);
        return new Timeline(from, to);
    }

    /** Never outside of the line, though the clocks of two machines may differ. */
    Bar bar(Instant start, long durationMillis) {
        long total = Math.max(1, Duration.between(from, to).toMillis());
        long at = Math.clamp(Duration.between(from, start).toMillis(), 0L, total);
        long length = Math.clamp(durationMillis, 0L, total - at);
        int width = Math.clamp(share(length, total), SHORTEST, LENGTH);
        return new Bar((int) Math.min(share(at, total), LENGTH - width), width);
    }

    private static long share(long part, long total) {
        return Math.round((double) part * LENGTH / total);
    }
}
