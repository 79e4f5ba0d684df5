package io.sluice.scheduler.dispatch;

import io.sluice.scheduler.schedule.Clockwork;
import io.sluice.scheduler.schedule.ScheduleRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What depends on how a schedule's runs went: whether it goes on, how soon, and what goes before what. */
@Singleton
class Judge {

    // A run that still goes on says nothing yet; failures before a person let it go on are forgiven.
    private static final String ENDS = """
            select coalesce(r.status, 'open') as status
              from (select run_id, nominal_at from firing
                     where schedule_id = :id and outcome = 'ran' and fired_at > coalesce((select forgiven_at from schedule where id = :id), '-infinity')
                     order by nominal_at desc limit :most) f
              left join run r on r.id = f.run_id
             order by f.nominal_at desc
            """;

    // The cursor is what a polling flow keeps in its context: a run that has moved it has found something.
    private static final String FOUND_SOMETHING = """
            select exists (
                select 1 from flow_context c
                 where c.integration_id = :integrationId
                   and c.changed_by in (select f.run_id from firing f
                                         where f.schedule_id = :id and f.outcome = 'ran'
                                         order by f.nominal_at desc limit 1))
            """;

    private final DueStore due;

    Judge(DueStore due) {
        this.due = due;
    }

    /** @return null when it goes on */
    @Nullable
    String reasonToPause(Handle handle, DueSchedule one, Clockwork clockwork) {
        Integer most = clockwork.settings().pauseAfterFailures();
        if (most == null || most < 1) {
            return null;
        }
        List<String> ends = handle.createQuery(ENDS)
                .bind("id", one.id())
                .bind("most", most)
                .mapTo(String.class)
                .list();
        return ends.size() == most && ends.stream().allMatch("failed"::equals)
                ? (most == 1 ? "Its last run failed." : "Its last " + most + " runs failed.")
                : null;
    }

    /**
     * When an adaptive schedule is due again: by what its last run found.
     *
     * @return null when it is over
     */
    @Nullable
    Instant paced(Handle handle, DueSchedule one, Clockwork clockwork, Firings firings) {
        boolean found = handle.createQuery(FOUND_SOMETHING)
                .bind("integrationId", one.integrationId())
                .bind("id", one.id())
                .mapTo(Boolean.class)
                .one();
        Duration pace = clockwork.pace(one.paceMs() == null ? null : Duration.ofMillis(one.paceMs()), found);
        firings.pace(one.id(), pace.toMillis());
        Instant next = one.nominalAt().plus(pace);
        Instant at = next.isAfter(one.now()) ? next : one.now().plus(pace).truncatedTo(ChronoUnit.MILLIS);
        return clockwork.isOver(at) ? null : at;
    }

    /** The runs of a schedule that go on end, and what waited behind them is not needed any more. */
    void overtake(Handle handle, DueSchedule one, Firings firings) {
        due.openRuns(handle, one.id()).forEach(open -> firings.cancel(open.tenant(), open.run()));
        overtakeWaiting(handle, one);
    }

    /** What waited is not needed any more: a newer instant takes its place. */
    void overtakeWaiting(Handle handle, DueSchedule one) {
        ScheduleRows.unwaitQueued(handle, one.id(), "overtaken");
    }
}
