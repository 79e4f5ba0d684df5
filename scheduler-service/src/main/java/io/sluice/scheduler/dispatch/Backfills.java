package io.sluice.scheduler.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.TriggerKind;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.BackfillStatus;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.contract.schedule.StartBackfill;
import io.sluice.run.api.RunService;
import io.sluice.run.executor.Executor;
import io.sluice.run.flow.FlowException;
import io.sluice.run.queue.NewRun;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.store.RunQueueStore;
import io.sluice.scheduler.schedule.Alarm;
import io.sluice.scheduler.schedule.Clockwork;
import io.sluice.scheduler.schedule.Schedules;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Runs for instants of the past, at a rate: asked for once, carried on by whichever replica looks next. */
@Singleton
public class Backfills {

    private static final Logger LOG = Logger.getLogger(Backfills.class);
    private static final int PER_MINUTE = 60;
    private static final int MOST = 100_000;
    private static final int SHOWN = 10;
    private static final int STEP = 100;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final Jdbi jdbi;
    private final BackfillStore store;
    private final Schedules schedules;
    private final Known known;
    private final RunService runs;
    private final Executor executor;
    private final Alarm alarm;

    Backfills(
            Jdbi jdbi,
            BackfillStore store,
            Schedules schedules,
            Known known,
            RunService runs,
            Executor executor,
            Alarm alarm) {
        this.jdbi = jdbi;
        this.store = store;
        this.schedules = schedules;
        this.known = known;
        this.runs = runs;
        this.executor = executor;
        this.alarm = alarm;
    }

    /** @throws ProblemException when the range is none, holds too much, or another one goes on */
    public Backfill begin(String tenant, UUID schedule, StartBackfill wanted, String by) {
        ScheduleSettings settings = schedules.settings(tenant, schedule);
        Instant now = schedules.now();
        if (wanted.to().isAfter(now)) {
            throw ProblemException.field("/to", "not in the future: those instants fire by themselves");
        }
        if (wanted.to().isBefore(wanted.from())) {
            throw ProblemException.field("/to", "not before from");
        }
        Clockwork clockwork = Clockwork.of(schedule, settings, now);
        if (clockwork.isAdaptive()) {
            throw new ProblemException(
                    ProblemType.IN_USE, "An adaptive schedule has no instants of its own to make up for.");
        }
        List<Instant> instants = instants(clockwork, wanted.from(), wanted.to(), MOST + 1);
        if (instants.size() > MOST) {
            throw ProblemException.field("/from", "a range with at most " + MOST + " instants; this one has more");
        }
        int perMinute = Objects.requireNonNullElse(wanted.perMinute(), PER_MINUTE);
        List<Instant> next = List.copyOf(instants.subList(0, Math.min(SHOWN, instants.size())));
        if (wanted.dryRun()) {
            return new Backfill(
                    null,
                    schedule,
                    wanted.from(),
                    wanted.to(),
                    instants.size(),
                    0,
                    BackfillStatus.PLANNED,
                    perMinute,
                    now,
                    by,
                    next);
        }
        Backfill begun = store.begin(new BackfillStore.Wanted(
                        UUID.randomUUID(),
                        tenant,
                        schedule,
                        wanted.from(),
                        wanted.to(),
                        perMinute,
                        instants.size(),
                        by))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.IN_USE, "A backfill of this schedule goes on already. Stop it, or let it end."));
        alarm.ring();
        return begun.withNext(next);
    }

    /** @throws ProblemException when there is no such schedule */
    public List<Backfill> list(String tenant, UUID schedule) {
        schedules.settings(tenant, schedule);
        return store.list(tenant, schedule);
    }

    /** Stops it; one that has ended stays as it is. @throws ProblemException when there is none */
    public void stop(String tenant, UUID schedule, UUID id) {
        if (!store.stop(tenant, schedule, id)
                && store.find(tenant, schedule, id).isEmpty()) {
            throw new ProblemException(ProblemType.NOT_FOUND, "There is no such backfill.");
        }
    }

    private static List<Instant> instants(Clockwork clockwork, Instant from, Instant to, int most) {
        List<Instant> instants = new ArrayList<>();
        Optional<NextInstant.Fire> next = clockwork.firingAfter(from.minusNanos(1));
        while (next.isPresent() && !next.get().at().isAfter(to) && instants.size() < most) {
            instants.add(next.get().at());
            next = clockwork.firingAfter(next.get().at());
        }
        return instants;
    }

    /** @return whether there may be more at once */
    boolean step() {
        Optional<Integer> started =
                jdbi.inTransaction(handle -> store.due(handle).map(step -> guarded(handle, step)));
        if (started.orElse(0) > 0) {
            executor.wake();
        }
        return started.isPresent();
    }

    private int guarded(Handle handle, BackfillStore.Step step) {
        handle.savepoint("backfill");
        try {
            int started = step(handle, step);
            handle.releaseSavepoint("backfill");
            return started;
        } catch (ProblemException | FlowException | IllegalArgumentException | DateTimeException e) {
            LOG.warnf("backfill %s is stopped, it cannot go on: %s", step.id(), e.getMessage());
            handle.rollbackToSavepoint("backfill");
            BackfillStore.giveUp(handle, step);
            return 0;
        } catch (RuntimeException e) {
            LOG.warnf("backfill %s cannot go on now: %s", step.id(), e.getMessage());
            handle.rollbackToSavepoint("backfill");
            BackfillStore.move(handle, step, 0, step.position(), AFTER_FAILURE, false);
            return 0;
        }
    }

    private int step(Handle handle, BackfillStore.Step step) {
        DueSchedule one = step.schedule();
        Known.Batch batch = known.batch(handle, List.of(one));
        Clockwork clockwork = batch.clockwork(one);
        if (one.problem() != null) {
            BackfillStore.move(handle, step, 0, step.position(), Duration.ofMinutes(1), false);
            return 0;
        }
        // A second's share at once, where that is more than one.
        int share = Math.clamp(step.perMinute() / 60, 1, STEP);
        Instant from = step.position() == null ? step.from() : step.position().plusNanos(1_000);
        List<Instant> instants = instants(clockwork, from, step.to(), share);
        @Nullable Instant position = step.position();
        int started = 0;
        for (Instant at : instants) {
            NewRun run = newRun(batch, step, at);
            if (BackfillStore.outcome(handle, step, at, "ran", null, run.id())) {
                RunQueueStore.enqueue(handle, run);
                started++;
            }
            position = at;
        }
        boolean over = instants.size() < share;
        BackfillStore.move(
                handle, step, started, position, Duration.ofMillis(60_000L * share / step.perMinute()), over);
        return started;
    }

    /** Counts for no overlap: it has its own pace. */
    private NewRun newRun(Known.Batch batch, BackfillStore.Step step, Instant nominalAt) {
        ObjectNode event =
                step.schedule().event(nominalAt).put("backfillId", step.id().toString());
        return runs.newRun(batch.deployment(step.schedule()), TriggerKind.SCHEDULE, event, null, null);
    }
}
