package io.sluice.ingress.intake;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.sluice.run.api.RetentionConfig;
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

    private final Jdbi jdbi;
    private final RetentionConfig retention;
    private final InstantSource clock;

    CallPartitions(Jdbi jdbi, RetentionConfig retention, InstantSource clock) {
        this.jdbi = jdbi;
        this.retention = retention;
        this.clock = clock;
    }

    /** Before the first call is stored. */
    void start(@Observes @Priority(1) StartupEvent event) {
        look();
    }

    @Scheduled(every = "1h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            for (int days : classes()) {
                for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
                    make(today.plusDays(days + 1L + ahead));
                }
            }
            drop(today);
        } catch (RuntimeException e) {
            // What has no partition goes to the rest, and from there row by row.
            LOG.warnf("partitions of calls could not be looked after, trying again later: %s", e.getMessage());
        }
    }

    private Set<Integer> classes() {
        Set<Integer> classes = new TreeSet<>();
        classes.add(retention.days());
        retention.tenants().keySet().forEach(tenant -> classes.add(retention.daysOf(tenant)));
        return classes;
    }

    private void make(LocalDate day) {
        jdbi.useTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtext('sluice.call_partitions'))");
            if (!handle.createQuery("select to_regclass(:name) is not null")
                    .bind("name", PREFIX + DAY.format(day))
                    .mapTo(Boolean.class)
                    .one()) {
                // Whoever stores a call must not wait long for us.
                handle.execute("set local lock_timeout = '2s'");
                handle.execute("create table " + PREFIX + DAY.format(day)
                        + " partition of accepted_call for values from ('" + day + "') to ('" + day.plusDays(1) + "')");
            }
        });
    }

    private void drop(LocalDate today) {
        List<String> names = jdbi.withHandle(
                (Handle handle) -> handle.createQuery(NAMES).mapTo(String.class).list());
        for (String name : names) {
            if (NAME.matcher(name).matches()
                    && LocalDate.parse(name.substring(PREFIX.length()), DAY).isBefore(today)) {
                jdbi.useTransaction(handle -> {
                    handle.execute("set local lock_timeout = '2s'");
                    handle.execute("drop table if exists " + name);
                });
                LOG.infof("dropped the calls that were kept until %s", name.substring(PREFIX.length()));
            }
        }
        jdbi.useHandle(handle -> handle.execute("delete from accepted_call_rest where keep_until < ?", today));
    }
}
