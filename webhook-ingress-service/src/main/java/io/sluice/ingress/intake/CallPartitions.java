package io.sluice.ingress.intake;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.run.api.RetentionConfig;
import io.sluice.run.store.TableUpkeep;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;

/** The partitions of accepted calls, by the day on which they go: made ahead, and dropped on that day. */
@Singleton
class CallPartitions {

    private static final Logger LOG = Logger.getLogger(CallPartitions.class);
    private static final int DAYS_AHEAD = 3;
    private static final String PREFIX = "accepted_call_";
    private static final Pattern NAME = Pattern.compile(PREFIX + "\\d{8}");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private static final String NAMES = """
            select c.relname from pg_class c join pg_inherits i on i.inhrelid = c.oid
              join pg_class p on p.oid = i.inhparent
             where p.relname = 'accepted_call' and pg_table_is_visible(c.oid)
            """;

    private static final String FORGET_STRAYS = """
            delete from accepted_call_rest where ctid = any(array(
                select ctid from accepted_call_rest where keep_until < ? limit 1000))
            """;

    private final Jdbi jdbi;
    private final TableUpkeep upkeep;
    private final RetentionConfig retention;
    private final InstantSource clock;

    CallPartitions(Jdbi jdbi, RetentionConfig retention, InstantSource clock) {
        this.jdbi = jdbi;
        this.upkeep = new TableUpkeep(jdbi, "sluice.call_partitions");
        this.retention = retention;
        this.clock = clock;
    }

    /** Before the first call is stored. */
    void start(@Observes @Priority(1) StartupEvent event) {
        look();
    }

    /** Each day by itself: one that cannot be made or dropped now must not keep the others from it. */
    @Scheduled(every = "1h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        comingDays(today).forEach(day -> tried("made", day, handle -> make(handle, day)));
        strays(today).forEach(day -> tried("made", day, handle -> make(handle, day)));
        past(today).forEach(day -> tried("dropped", day, handle -> drop(handle, day)));
        forgetStrays(today);
    }

    private Set<LocalDate> comingDays(LocalDate today) {
        Set<Integer> classes = new TreeSet<>();
        classes.add(retention.days());
        retention.tenants().keySet().forEach(tenant -> classes.add(retention.daysOf(tenant)));
        Set<LocalDate> days = new TreeSet<>();
        for (int kept : classes) {
            for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
                days.add(today.plusDays(kept + 1L + ahead));
            }
        }
        return days;
    }

    /** Days of calls that came before their partition was there. */
    private List<LocalDate> strays(LocalDate today) {
        return read(handle -> handle.createQuery(
                        "select distinct keep_until from accepted_call_rest where keep_until >= :today order by 1")
                .bind("today", today)
                .mapTo(LocalDate.class)
                .list());
    }

    private List<LocalDate> past(LocalDate today) {
        return read(handle -> handle.createQuery(NAMES).mapTo(String.class).list()).stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> LocalDate.parse(name.substring(PREFIX.length()), DAY))
                .filter(day -> day.isBefore(today))
                .sorted()
                .toList();
    }

    private <T> List<T> read(HandleCallback<List<T>, RuntimeException> query) {
        try {
            return jdbi.withHandle(query);
        } catch (RuntimeException e) {
            LOG.warnf("partitions of calls could not be looked at, trying again later: %s", e.getMessage());
            return List.of();
        }
    }

    private void tried(String what, LocalDate day, HandleConsumer<RuntimeException> work) {
        try {
            upkeep.run(work);
        } catch (RuntimeException e) {
            // What has no partition goes to the rest, and from there once it has one.
            LOG.warnf("the calls' partition of %s could not be %s: %s", day, what, e.getMessage());
        }
    }

    private static String name(LocalDate day) {
        return PREFIX + DAY.format(day);
    }

    /**
     * Attached once it is filled: made in its place, it would lock out all who store calls. The locks come first and in
     * this order, so that no stray follows those that are moved, and nobody holds one while waiting for another.
     */
    private static void make(Handle handle, LocalDate day) {
        if (handle.createQuery("select to_regclass(:name) is not null")
                .bind("name", name(day))
                .mapTo(Boolean.class)
                .one()) {
            return;
        }
        handle.execute("lock table only accepted_call in share update exclusive mode");
        handle.execute("lock table only accepted_call_rest in access exclusive mode");
        handle.execute("create table " + name(day) + " (like accepted_call including all)");
        handle.execute(
                "with strays as (delete from accepted_call_rest where keep_until = ? returning *) insert into "
                        + name(day) + " select * from strays",
                day);
        handle.execute("alter table accepted_call attach partition " + name(day) + " for values from ('" + day
                + "') to ('" + day.plusDays(1) + "')");
    }

    private static void drop(Handle handle, LocalDate day) {
        handle.execute("drop table if exists " + name(day));
        LOG.infof("dropped the calls that were kept until %s", day);
    }

    private void forgetStrays(LocalDate today) {
        try {
            int forgotten;
            do {
                forgotten = jdbi.withHandle(handle -> handle.execute(FORGET_STRAYS, today));
            } while (forgotten > 0);
        } catch (RuntimeException e) {
            LOG.warnf("calls without a partition could not be forgotten yet: %s", e.getMessage());
        }
    }
}
