package io.sluice.scheduler.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.TriggerKind;
import io.sluice.run.api.RunService;
import io.sluice.run.executor.Executor;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.NewRun;
import io.sluice.run.schedule.ScheduleSpec;
import io.sluice.run.store.RunQueueStore;
import io.sluice.scheduler.schedule.ScheduleSink;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Fires what is due. Any number of replicas may do so at once: each instant is claimed by one, and has one outcome. */
@Singleton
public class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int BATCH = 100;

    private final Jdbi jdbi;
    private final DueStore due;
    private final RunService runs;
    private final Executor executor;

    public Dispatcher(Jdbi jdbi, DueStore due, RunService runs, Executor executor) {
        this.jdbi = jdbi;
        this.due = due;
        this.runs = runs;
        this.executor = executor;
    }

    /** @return how many schedules were due; as many as a batch holds when there are more */
    public int dispatchDue() {
        int claimed = jdbi.inTransaction(handle -> {
            List<DueSchedule> schedules = due.claim(handle, BATCH);
            schedules.forEach(schedule -> guarded(handle, schedule));
            return schedules.size();
        });
        if (claimed > 0) {
            executor.wake();
        }
        return claimed;
    }

    /** Whether there may be more at once. */
    boolean isFull(int claimed) {
        return claimed == BATCH;
    }

    /** One schedule that fails must not keep the others of its batch from firing. */
    private void guarded(Handle handle, DueSchedule schedule) {
        handle.savepoint("schedule");
        try {
            fire(handle, schedule);
            handle.releaseSavepoint("schedule");
        } catch (RuntimeException e) {
            LOG.errorf(e, "schedule %s could not be fired", schedule.id());
            handle.rollbackToSavepoint("schedule");
            due.outcome(handle, schedule, schedule.nominalAt(), "failed", reason(e), null);
            due.move(handle, schedule.id(), nextOrNone(schedule));
        }
    }

    private void fire(Handle handle, DueSchedule schedule) {
        ScheduleSpec spec = ScheduleSink.spec(schedule.settings(), schedule.now());
        CatchUp plan = CatchUp.of(
                spec, schedule.nominalAt(), schedule.now(), schedule.settings().catchUp());
        plan.missed().forEach(at -> due.outcome(handle, schedule, at, "missed", "down or late", null));
        plan.fire().ifPresent(at -> run(handle, schedule, at));
        due.move(handle, schedule.id(), plan.next().orElse(null));
    }

    private void run(Handle handle, DueSchedule schedule, Instant nominalAt) {
        String problem = schedule.deployment().problem();
        if (problem != null) {
            due.outcome(handle, schedule, nominalAt, "skipped", "unsupported: " + problem, null);
            return;
        }
        if (schedule.busy() && !"allow".equals(schedule.settings().overlap())) {
            due.outcome(handle, schedule, nominalAt, "skipped", "overlap", null);
            return;
        }
        ObjectNode event = Json.MAPPER.createObjectNode();
        event.put("nominalAt", nominalAt.toString());
        event.put("firedAt", schedule.now().toString());
        NewRun run = runs.newRun(schedule.deployment().deployment(), TriggerKind.SCHEDULE, event, null, schedule.id());
        // The outcome first: its key decides whether this instant was fired before.
        if (due.outcome(handle, schedule, nominalAt, "ran", null, run.id())) {
            RunQueueStore.enqueue(handle, run);
        }
    }

    private static @Nullable Instant nextOrNone(DueSchedule schedule) {
        try {
            ScheduleSpec spec = ScheduleSink.spec(schedule.settings(), schedule.now());
            return CatchUp.of(spec, schedule.nominalAt(), schedule.now(), "none")
                    .next()
                    .orElse(null);
        } catch (ProblemException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String reason(RuntimeException e) {
        return e instanceof ProblemException problem
                ? problem.detail()
                : e.getClass().getSimpleName();
    }
}
