package io.sluice.integrations.ui;

import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.ReplayFilter;
import io.sluice.contract.run.RunStatus;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A replay of many runs, with how far it is.
 *
 * @param what which runs, in words
 * @param left about how long it goes on; empty when it is over
 */
public record BulkReplayRow(
        UUID id,
        StateMark mark,
        String what,
        @Nullable Instant from,
        @Nullable Instant to,
        boolean fromFailure,
        int perMinute,
        long started,
        long runs,
        String left,
        String requestedBy,
        Instant createdAt,
        boolean open) {

    private static final long MINUTE = 60_000;

    static BulkReplayRow of(BulkReplay bulk) {
        boolean open = bulk.status().equals("running");
        return new BulkReplayRow(
                bulk.id(),
                mark(bulk.status()),
                what(bulk.filter()),
                bulk.filter().from(),
                bulk.filter().to(),
                bulk.fromFailure(),
                bulk.perMinute(),
                bulk.started(),
                bulk.runs(),
                open ? Took.words(Math.max(0, bulk.runs() - bulk.started()) * MINUTE / bulk.perMinute()) : "",
                bulk.requestedBy(),
                bulk.createdAt(),
                open);
    }

    private static StateMark mark(String status) {
        return switch (status) {
            case "running" -> new StateMark("running", "Starting runs");
            case "done" -> new StateMark("succeeded", "All started");
            case "stopped" -> new StateMark("cancelled", "Stopped");
            default -> StateMark.ofStep(status);
        };
    }

    private static String what(ReplayFilter filter) {
        RunStatus status = Objects.requireNonNullElse(filter.status(), RunStatus.FAILED);
        return Stream.of(
                        StateMark.of(status, null).words() + " runs",
                        filter.trigger() == null
                                ? ""
                                : "started by " + filter.trigger().wireName(),
                        filter.errorCode() == null ? "" : "with the error " + filter.errorCode())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
