package io.sluice.run.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The partitions of the history, a day and a number of days each: made ahead, and dropped when all that is in them is
 * too old or over its tenant's count.
 */
public final class PartitionStore {

    private static final Logger LOG = Logger.getLogger(PartitionStore.class);
    private static final int DAYS_AHEAD = 3;
    private static final Pattern NAME = Pattern.compile("run_r(\\d{1,4})_(\\d{8})");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** One replica at a time, and none waits for another. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('sluice.partitions'))";

    /**
     * Below the database's deadlock_timeout: of a deadlock with a run that ends or a person who reads, this side gives up
     * before the other one is chosen.
     */
    private static final String GIVE_WAY = "set local lock_timeout = '500ms'";

    /** As runs that end take them: no deadlock between the two. */
    private static final String IN_ORDER = "lock table only run_step, only run in access exclusive mode";

    private static final int TRIES = 20;

    /** Where rows are whose day had no partition: of classes without any, and of single days. */
    private static final String RESTS = """
            select c.relname from pg_class c
             where c.relname ~ '^run(_step)?(_r[0-9]+)?_rest$' and c.relkind = 'r' and pg_table_is_visible(c.oid)
            """;

    private static final String STRAYS = """
            select distinct retention,
                   (to_timestamp(('x' || left(replace(%s::text, '-', ''), 12))::bit(48)::bigint / 1000)
                        at time zone 'UTC')::date as day
              from %s
            """;

    private static final String NAMES = """
            select c.relname from pg_class c join pg_inherits i on i.inhrelid = c.oid
             where c.relname ~ '^run_r[0-9]+_[0-9]{8}$' and c.relkind = 'r'
               and pg_table_is_visible(c.oid)
             order by right(c.relname, 8) desc
            """;

    private final Jdbi jdbi;

    public PartitionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    private record Partition(int days, LocalDate day) {

        String name() {
            return "run_r" + days + "_" + DAY.format(day);
        }

        String steps() {
            return "run_step_r" + days + "_" + DAY.format(day);
        }

        boolean isThere(Handle handle) {
            return handle.createQuery("select to_regclass(:name) is not null")
                    .bind("name", name())
                    .mapTo(Boolean.class)
                    .one();
        }

        /** A run of this day may have ended later: a day more. */
        boolean isTooOld(Instant now) {
            return day.plusDays(days + 2L)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .isBefore(now);
        }
    }

    /** Makes the partitions of today and the next days; what is there already stays. */
    public void make(List<Integer> classes, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        for (int days : classes) {
            for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
                make(days, today.plusDays(ahead));
            }
        }
    }

    /** Tries again where the tables are in use for long: whoever came behind us must not wait for that. */
    private void make(int days, LocalDate day) {
        for (int tries = 1; ; tries++) {
            try {
                jdbi.useTransaction(handle -> {
                    // Waits for its turn: a replica that starts must not go on before its partitions are there.
                    handle.execute("select pg_advisory_xact_lock(hashtext('sluice.partitions'))");
                    if (!new Partition(days, day).isThere(handle)) {
                        handle.execute(GIVE_WAY);
                        handle.execute(IN_ORDER);
                        handle.createCall("call make_run_partitions(:days, :day::date)")
                                .bind("days", days)
                                .bind("day", day.toString())
                                .invoke();
                    }
                });
                return;
            } catch (JdbiException e) {
                if (tries == TRIES) {
                    throw e;
                }
                LOG.debugf("partitions of %s could not be made yet: %s", day, e.getMessage());
            }
        }
    }

    /**
     * Notes what is over its tenant's count and drops what nobody may see any more.
     *
     * @param most of a tenant's runs
     * @return how many partitions were dropped
     */
    public int tidy(Instant now, Function<String, OptionalLong> most) {
        fileStrays();
        List<Partition> partitions = partitions();
        floors(most);
        int dropped = 0;
        for (Partition partition : partitions) {
            if (partition.isTooOld(now) || isOverCount(partition, now)) {
                dropped += drop(partition) ? 1 : 0;
            }
        }
        forgetLanes();
        return dropped;
    }

    /** What came in before its partition was there (from an older release, or while this was down) goes as the rest does. */
    private void fileStrays() {
        Set<Stray> strays = new TreeSet<>(Comparator.comparing(Stray::day).thenComparing(Stray::days));
        jdbi.useHandle(handle -> {
            for (String rest : handle.createQuery(RESTS).mapTo(String.class).list()) {
                String key = rest.startsWith("run_step") ? "run_id" : "id";
                strays.addAll(handle.createQuery(STRAYS.formatted(key, rest))
                        .map((row, context) ->
                                new Stray(row.getInt("retention"), row.getObject("day", LocalDate.class)))
                        .list());
            }
        });
        strays.forEach(stray -> make(stray.days(), stray.day()));
    }

    private record Stray(int days, LocalDate day) {}

    private List<Partition> partitions() {
        List<Partition> found = new ArrayList<>();
        for (String name : jdbi.withHandle(
                handle -> handle.createQuery(NAMES).mapTo(String.class).list())) {
            Matcher parts = NAME.matcher(name);
            if (parts.matches()) {
                found.add(new Partition(Integer.parseInt(parts.group(1)), LocalDate.parse(parts.group(2), DAY)));
            }
        }
        return found;
    }

    private void floors(Function<String, OptionalLong> most) {
        List<String> tenants = jdbi.withHandle(handle -> handle.createQuery("select distinct tenant from last_run")
                .mapTo(String.class)
                .list());
        for (String tenant : tenants) {
            most.apply(tenant).ifPresent(limit -> floor(tenant, limit));
        }
    }

    /** The oldest run that the tenant keeps is the floor. */
    private void floor(String tenant, long most) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into run_floor (tenant, id)
                        select :tenant, id from run
                         where tenant = :tenant order by id desc offset greatest(:most, 1) - 1 limit 1
                        on conflict (tenant) do update set id = greatest(run_floor.id, excluded.id)
                        """)
                .bind("tenant", tenant)
                .bind("most", most)
                .execute());
    }

    /** Whether nobody may see any of it; today's partition stays, since it is written to. */
    private boolean isOverCount(Partition partition, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return partition.day().isBefore(today.minusDays(1))
                && jdbi.withHandle(handle -> handle.createQuery("select exists (select 1 from run_floor)"
                                + " and not exists (select 1 from " + partition.name() + " r"
                                + " left join run_floor f on f.tenant = r.tenant"
                                + " where f.id is null or r.id >= f.id)"
                                + " and exists (select 1 from " + partition.name() + ")")
                        .mapTo(Boolean.class)
                        .one());
    }

    /** Gives way to whoever uses the table now: the next look comes. */
    private boolean drop(Partition partition) {
        try {
            return jdbi.inTransaction(handle -> {
                if (!handle.createQuery(LOCK).mapTo(Boolean.class).one() || hasOpenRuns(handle, partition)) {
                    return false;
                }
                handle.execute(GIVE_WAY);
                handle.execute("drop table if exists " + partition.steps());
                handle.execute("drop table if exists " + partition.name());
                LOG.infof("dropped the runs of %s that were kept for %d days", partition.day(), partition.days());
                return true;
            });
        } catch (JdbiException e) {
            LOG.infof("partition %s could not be dropped yet: %s", partition.name(), e.getMessage());
            return false;
        }
    }

    /** A run that is open for that long keeps its day: its steps are there already. */
    private static boolean hasOpenRuns(Handle handle, Partition partition) {
        return handle.createQuery("""
                        select exists (select 1 from open_run
                                        where retention = :days and id >= id_of_day(:day::date)
                                          and id < id_of_day(:day::date + 1))
                        """)
                .bind("days", partition.days())
                .bind("day", partition.day().toString())
                .mapTo(Boolean.class)
                .one();
    }

    /** Numbers of keys that nobody waits for and nobody parked; the next event of such a key begins anew. */
    private void forgetLanes() {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        delete from lane l
                         where l.parked_by is null and l.used_at < now() - :unused::interval
                           and not exists (select 1 from open_run o
                                            where o.integration_id = l.integration_id and o.lane = l.lane)
                        """)
                .bind("unused", Duration.ofDays(1).toSeconds() + " seconds")
                .execute());
    }
}
