package io.sluice.run.testsupport;

import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.NewRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import io.sluice.run.queue.RunQueue;
import io.sluice.run.store.RunQueueStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Puts runs of chosen days into the queue and ends them: their ids say when they began. */
public record DatedRuns(QueuedRuns runs, int retentionDays) {

    private static final AtomicLong MILLIS = new AtomicLong();
    private static final Random RANDOM = new Random(1);

    /** An open run that began on this day, later than those before it. */
    public UUID open(LocalDate day) {
        Instant at = day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC).plusMillis(MILLIS.incrementAndGet());
        UUID id = new RunIds(RunOwner.INGRESS, () -> at, RANDOM).next();
        NewRun run = runs.on(new NewRun.Terms(null, null, retentionDays)).run(null);
        NewRun dated = new NewRun(
                id,
                run.tenant(),
                run.integrationId(),
                run.trigger(),
                run.flow(),
                run.params(),
                null,
                null,
                null,
                null,
                run.terms());
        runs.jdbi().useTransaction(handle -> RunQueueStore.enqueue(handle, dated));
        return id;
    }

    /** A run that has ended, with one step. */
    public UUID ended(LocalDate day) {
        UUID id = open(day);
        RunQueue queue = new RunQueueStore(runs.jdbi());
        ClaimedRun claimed = queue.claim("dated", Duration.ofSeconds(30), 50).stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow();
        if (!Ends.end(queue, claimed, new RunEnd.Succeeded(null), List.of(Steps.succeeded("/a")))) {
            throw new IllegalStateException("nobody else ends it");
        }
        return id;
    }
}
