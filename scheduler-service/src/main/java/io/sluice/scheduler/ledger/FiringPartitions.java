package io.sluice.scheduler.ledger;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.run.api.RetentionConfig;
import io.sluice.run.store.TableUpkeep;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** The ledger's partitions, one a day: made ahead, dropped when nobody's retention holds them any more. */
@Singleton
class FiringPartitions {

    private static final Logger LOG = Logger.getLogger(FiringPartitions.class);
    private static final int DAYS_AHEAD = 3;
    private static final int PREFIX = "firing_".length();
    private static final String FORGET = """
            delete from backfill_firing where (backfill_id, nominal_at) in (
                select f.backfill_id, f.nominal_at
                  from backfill_firing f join backfill b on b.id = f.backfill_id
                 where b.ended_at < ?::timestamptz limit 10000)
            """;

    private static final String NAMES = """
            select c.relname from pg_class c join pg_inherits i on i.inhrelid = c.oid
             where i.inhparent = 'firing'::regclass and c.relname ~ '^firing_[0-9]{8}$'
            """;

    private final Jdbi jdbi;
    private final TableUpkeep upkeep;
    private final RetentionConfig retention;
    private final InstantSource clock;

    FiringPartitions(Jdbi jdbi, RetentionConfig retention, InstantSource clock) {
        this.jdbi = jdbi;
        this.upkeep = new TableUpkeep(jdbi, "sluice.firings");
        this.retention = retention;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        make();
    }

    @Scheduled(every = "1h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void hourly() {
        make();
        tidy();
    }

    /** What has no partition in time lands in one for all such, and is moved when there is one. */
    private void make() {
        LocalDate today = today();
        for (int ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
            tried("made", today.plusDays(ahead), "call make_firing_partition('%s'::date)");
        }
    }

    void tidy() {
        LocalDate oldest = today().minusDays(days());
        List<String> names = jdbi.withHandle(
                handle -> handle.createQuery(NAMES).mapTo(String.class).list());
        for (String name : names) {
            LocalDate day = LocalDate.parse(name.substring(PREFIX), DateTimeFormatter.BASIC_ISO_DATE);
            if (day.isBefore(oldest)) {
                tried("dropped", day, "drop table if exists " + name);
            }
        }
        String before = oldest + "T00:00:00Z";
        jdbi.useHandle(handle -> handle.execute("delete from firing_rest where nominal_at < ?::timestamptz", before));
        int gone;
        do {
            gone = jdbi.withHandle(handle -> handle.execute(FORGET, before));
        } while (gone > 0);
        jdbi.useHandle(handle -> handle.execute(
                "delete from backfill b where ended_at < ?::timestamptz"
                        + " and not exists (select 1 from backfill_firing f where f.backfill_id = b.id)",
                before));
    }

    /** As long as the runs that they name. */
    private int days() {
        return IntStream.concat(
                        IntStream.of(retention.days()),
                        retention.tenants().values().stream().flatMapToInt(tenant -> tenant.days().stream()))
                .max()
                .orElse(retention.days());
    }

    private void tried(String what, LocalDate day, String sql) {
        try {
            upkeep.run(handle -> handle.execute(sql.formatted(day)));
        } catch (RuntimeException e) {
            LOG.warnf(
                    "the ledger's partition of %s could not be %s, the next look is in an hour: %s",
                    day, what, e.getMessage());
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
