package io.sluice.benchmarks.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** What the service's database says of fires. */
final class FireLedger {

    private static final String KEEPS_UP = """
            select coalesce((select next_fire_at from due order by next_fire_at limit 1), 'infinity')
                       > clock_timestamp() - interval '1 second'
            """;

    private static final String LAG = """
            select count(*) filter (where outcome = 'ran') as ran, count(*) filter (where outcome <> 'ran') as otherwise,
                   percentile_cont(0.5) within group (order by lag) filter (where outcome = 'ran') as p50,
                   percentile_cont(0.99) within group (order by lag) filter (where outcome = 'ran') as p99,
                   percentile_cont(0.999) within group (order by lag) filter (where outcome = 'ran') as p999,
                   percentile_cont(0.99) within group (order by started) as started_p99
              from (select f.outcome, 1000 * extract(epoch from f.fired_at - f.nominal_at) as lag,
                           1000 * extract(epoch from r.started_at - f.nominal_at) as started
                      from firing f left join run r on r.id = f.run_id
                     where f.nominal_at >= :from::timestamptz and f.nominal_at < :to::timestamptz) told
            """;

    private static final String FIRST_AFTER = """
            select fired_at from firing
             where schedule_id = :id and nominal_at > :after::timestamptz and outcome = 'ran'
             order by nominal_at limit 1
            """;

    private final Jdbi jdbi;

    FireLedger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * How late the instants of a time were, in milliseconds.
     *
     * @param otherwise instants with another outcome
     * @param startedP99 until the run had begun
     */
    record Lag(long ran, long otherwise, double p50, double p99, double p999, double startedP99) {

        /** As many as were due. */
        long planned(int schedules, Duration every, Duration time) {
            return schedules * time.toSeconds() / every.toSeconds();
        }
    }

    boolean hasFired() {
        return jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from firing)")
                .mapTo(Boolean.class)
                .one());
    }

    Instant firstFire() {
        return jdbi.withHandle(handle -> handle.createQuery("select min(fired_at) from firing where outcome = 'ran'")
                .map((row, context) -> row.getTimestamp(1).toInstant())
                .one());
    }

    /** Whether nothing has been due for a second. */
    boolean keepsUp() {
        return jdbi.withHandle(
                handle -> handle.createQuery(KEEPS_UP).mapTo(Boolean.class).one());
    }

    Lag lag(Instant from, Instant to) {
        return jdbi.withHandle(handle -> handle.createQuery(LAG)
                .bind("from", from.toString())
                .bind("to", to.toString())
                .map((row, context) -> new Lag(
                        row.getLong("ran"),
                        row.getLong("otherwise"),
                        row.getDouble("p50"),
                        row.getDouble("p99"),
                        row.getDouble("p999"),
                        row.getDouble("started_p99")))
                .one());
    }

    /** When the first instant of a schedule after a moment was fired. */
    Optional<Instant> firstFire(UUID schedule, Instant after) {
        return jdbi.withHandle(handle -> handle.createQuery(FIRST_AFTER)
                .bind("id", schedule)
                .bind("after", after.toString())
                .map((row, context) -> row.getTimestamp(1).toInstant())
                .findOne());
    }
}
