package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs for a schedule's instants of a past range.
 *
 * @param id absent of a dry run
 * @param from first moment of the range
 * @param to last moment of the range
 * @param total how many instants there are in it
 * @param started how many runs were started
 * @param next the instants whose turn is next, a few of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Backfill(
        @Nullable UUID id,
        UUID scheduleId,
        Instant from,
        Instant to,
        long total,
        long started,
        BackfillStatus status,
        int perMinute,
        Instant createdAt,
        String createdBy,
        List<Instant> next) {
    public Backfill {
        next = next == null ? List.of() : List.copyOf(next);
    }

    /** The same, telling whose turn is next. */
    public Backfill withNext(List<Instant> instants) {
        return new Backfill(
                id, scheduleId, from, to, total, started, status, perMinute, createdAt, createdBy, instants);
    }
}
