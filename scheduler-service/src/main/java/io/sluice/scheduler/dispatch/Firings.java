package io.sluice.scheduler.dispatch;

import io.sluice.run.queue.NewRun;
import io.sluice.run.store.RunCommandStore;
import io.sluice.run.store.RunQueueStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** What is decided about due instants, gathered and then written in a few statements, whatever their number. */
final class Firings {

    // The row decides: an instant that has an outcome keeps it, and starts nothing.
    private static final String OUTCOMES = """
            insert into firing (schedule_id, nominal_at, outcome, reason, run_id, fired_at, due_at, until, instants)
            select u.schedule_id, u.nominal_at, u.outcome, u.reason, u.run_id, now(), u.due_at, u.until, u.instants
              from unnest(:schedules::uuid[], :nominals::timestamptz[], :outcomes::text[], :reasons::text[], :runs::uuid[],
                          :dues::timestamptz[], :untils::timestamptz[], :instants::bigint[])
                as u (schedule_id, nominal_at, outcome, reason, run_id, due_at, until, instants)
            on conflict (schedule_id, nominal_at) do nothing
            returning schedule_id, nominal_at
            """;

    private static final String MOVE = """
            update due d
               set nominal_at = u.nominal_at, next_fire_at = u.due_at
              from unnest(:schedules::uuid[], :nominals::timestamptz[], :dues::timestamptz[]) as u (schedule_id, nominal_at, due_at)
             where d.schedule_id = u.schedule_id
            """;

    private static final String WAIT = """
            insert into waiting_firing (schedule_id, nominal_at, kind, fire_at)
            select u.schedule_id, u.nominal_at, u.kind, now() + u.ms * interval '1 millisecond'
              from unnest(:schedules::uuid[], :nominals::timestamptz[], :kinds::text[], :ms::bigint[])
                as u (schedule_id, nominal_at, kind, ms)
            on conflict do nothing
            """;

    private static final String RESUMED =
            "update schedule set resumed_at = null, resume_catch_up = null where id = any(:schedules::uuid[])";

    private static final String PACE = """
            update schedule s set pace_ms = u.ms
              from unnest(:schedules::uuid[], :ms::bigint[]) as u (id, ms)
             where s.id = u.id
            """;

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<NewRun> runs = new ArrayList<>();
    private final List<Move> moves = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<String> resumed = new ArrayList<>();
    private final List<Cancel> cancels = new ArrayList<>();
    private final List<Pace> paces = new ArrayList<>();

    /**
     * What became of an instant.
     *
     * @param range when it stands for many
     */
    record Outcome(
            UUID schedule,
            Instant nominal,
            String outcome,
            @Nullable String reason,
            @Nullable UUID run,
            @Nullable Instant due,
            CatchUp.@Nullable Range range) {}

    private record Move(UUID schedule, Instant nominal, Instant due) {}

    private record Waiting(UUID schedule, Instant nominal, String kind, Duration in) {}

    private record Cancel(String tenant, UUID run) {}

    private record Pace(UUID schedule, long ms) {}

    private record Key(UUID schedule, Instant nominal) {}

    void outcome(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** Starts a run, if its instant has no outcome yet. */
    void run(UUID schedule, Instant nominal, Instant due, NewRun run) {
        outcomes.add(new Outcome(schedule, nominal, "ran", null, run.id(), due, null));
        runs.add(run);
    }

    /** Its run waits for its turn. */
    void wait(UUID schedule, Instant nominal, Instant due, String kind, Duration in) {
        outcomes.add(new Outcome(schedule, nominal, "pending", kind, null, due, null));
        waiting.add(new Waiting(schedule, nominal, kind, in));
    }

    /** A run that goes on gives way. */
    void cancel(String tenant, UUID run) {
        cancels.add(new Cancel(tenant, run));
    }

    void move(UUID schedule, Instant nominal, Instant due) {
        moves.add(new Move(schedule, nominal, due));
    }

    /** No instant follows. */
    void end(UUID schedule) {
        ended.add(schedule.toString());
    }

    /** The pause before is dealt with. */
    void caughtUp(UUID schedule) {
        resumed.add(schedule.toString());
    }

    void pace(UUID schedule, long ms) {
        paces.add(new Pace(schedule, ms));
    }

    /** All of it, within the caller's transaction. */
    void write(Handle handle) {
        Set<Key> fresh = writeOutcomes(handle);
        // In one order on all replicas, as the executors have it: no deadlock with them or between us.
        cancels.stream()
                .sorted(Comparator.comparing(Cancel::run))
                .forEach(one -> RunCommandStore.cancel(handle, one.tenant(), one.run()));
        List<NewRun> started = runs;
        if (fresh.size() < outcomes.size()) {
            Set<UUID> mine = new HashSet<>();
            outcomes.stream()
                    .filter(one -> one.run() != null && fresh.contains(new Key(one.schedule(), one.nominal())))
                    .forEach(one -> mine.add(one.run()));
            started = runs.stream().filter(run -> mine.contains(run.id())).toList();
        }
        if (!started.isEmpty()) {
            RunQueueStore.enqueueAll(handle, started);
        }
        if (!moves.isEmpty()) {
            array(
                            handle.createUpdate(MOVE),
                            "schedules",
                            moves.stream().map(Move::schedule).toList())
                    .bindArray(
                            "nominals",
                            String.class,
                            texts(moves.stream().map(Move::nominal).toList()))
                    .bindArray(
                            "dues",
                            String.class,
                            texts(moves.stream().map(Move::due).toList()))
                    .execute();
        }
        List<Waiting> queued = waiting.stream()
                .filter(one -> fresh.contains(new Key(one.schedule(), one.nominal())))
                .toList();
        if (!queued.isEmpty()) {
            array(
                            handle.createUpdate(WAIT),
                            "schedules",
                            queued.stream().map(Waiting::schedule).toList())
                    .bindArray(
                            "nominals",
                            String.class,
                            texts(queued.stream().map(Waiting::nominal).toList()))
                    .bindArray(
                            "kinds",
                            String.class,
                            queued.stream().map(Waiting::kind).toArray())
                    .bindArray(
                            "ms",
                            Long.class,
                            queued.stream().map(one -> one.in().toMillis()).toArray())
                    .execute();
        }
        writeRest(handle);
    }

    private void writeRest(Handle handle) {
        if (!ended.isEmpty()) {
            handle.createUpdate("delete from due where schedule_id = any(:schedules::uuid[])")
                    .bindArray("schedules", String.class, ended.toArray())
                    .execute();
        }
        if (!resumed.isEmpty()) {
            handle.createUpdate(RESUMED)
                    .bindArray("schedules", String.class, resumed.toArray())
                    .execute();
        }
        if (!paces.isEmpty()) {
            array(
                            handle.createUpdate(PACE),
                            "schedules",
                            paces.stream().map(Pace::schedule).toList())
                    .bindArray("ms", Long.class, paces.stream().map(Pace::ms).toArray())
                    .execute();
        }
    }

    private Set<Key> writeOutcomes(Handle handle) {
        if (outcomes.isEmpty()) {
            return Set.of();
        }
        return array(
                        handle.createQuery(OUTCOMES),
                        "schedules",
                        outcomes.stream().map(Outcome::schedule).toList())
                .bindArray(
                        "nominals",
                        String.class,
                        texts(outcomes.stream().map(Outcome::nominal).toList()))
                .bindArray(
                        "outcomes",
                        String.class,
                        outcomes.stream().map(Outcome::outcome).toArray())
                .bindArray(
                        "reasons",
                        String.class,
                        outcomes.stream().map(Outcome::reason).toArray())
                .bindArray(
                        "runs",
                        String.class,
                        texts(outcomes.stream().map(Outcome::run).toList()))
                .bindArray(
                        "dues",
                        String.class,
                        texts(outcomes.stream().map(Outcome::due).toList()))
                .bindArray(
                        "untils",
                        String.class,
                        texts(outcomes.stream()
                                .map(one ->
                                        one.range() == null ? null : one.range().last())
                                .toList()))
                .bindArray(
                        "instants",
                        Long.class,
                        outcomes.stream()
                                .map(one ->
                                        one.range() == null ? null : one.range().count())
                                .toArray())
                .map((row, context) -> new Key(
                        row.getObject("schedule_id", UUID.class),
                        row.getTimestamp("nominal_at").toInstant()))
                .set();
    }

    private static <S extends SqlStatement<S>> S array(S statement, String name, List<UUID> ids) {
        return statement.bindArray(name, String.class, texts(ids));
    }

    private static Object[] texts(List<?> values) {
        return values.stream()
                .map(value -> value == null ? null : value.toString())
                .toArray();
    }
}
