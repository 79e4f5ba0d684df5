package io.sluice.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.DatabaseServer;
import io.sluice.local.ServiceName;
import io.sluice.system.client.Integration;
import io.sluice.system.client.OwnFlows;
import io.sluice.system.client.Patience;
import io.sluice.system.stack.Sluice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the scheduler's database holds of an integration's schedules that fire each second: pages of the API would be too
 * slow for so many, and so would be saving them one by one.
 */
public final class StoredFirings {

    /** However late an instant is, its run follows: each has to have one. */
    private static final Map<String, Object> EVERY_SECOND = Map.of(
            "every", "PT1S",
            "activateOn", "2026-01-01T00:00:00Z",
            "overlap", "allow",
            "catchUp", "all",
            "catchUpMost", 1_000,
            "catchUpEvery", "PT0S");

    private static final String COPY = """
            insert into schedule (id, integration_id, tenant, settings, version)
            select gen_random_uuid(), integration_id, tenant, settings, version
              from schedule, generate_series(2, ?) where integration_id = ?::uuid
            """;

    // All at the same moment of each second.
    private static final String PLAN = """
            insert into due (schedule_id, next_fire_at, nominal_at, version)
            select id, date_trunc('second', now()) + interval '2 seconds', date_trunc('second', now()) + interval '2 seconds',
                   version
              from schedule where integration_id = ?::uuid
            on conflict do nothing
            """;

    private static final String PLANNED = """
            select d.schedule_id, d.nominal_at from due d join schedule s on s.id = d.schedule_id
             where s.integration_id = ?::uuid
            """;

    // As a pause does it: what has no next instant and is not paused would be planned anew.
    private static final String STOP = """
            with over as (
                delete from due d using schedule s
                 where s.id = d.schedule_id and s.integration_id = ?::uuid
                returning d.schedule_id, d.nominal_at)
            update schedule s set stopped_at = over.nominal_at
              from over
             where s.id = over.schedule_id
            returning s.id, over.nominal_at
            """;

    private static final String WAITING = """
            select count(*) from waiting_firing w join schedule s on s.id = w.schedule_id where s.integration_id = ?::uuid
            """;

    private static final String LEDGER = """
            select f.schedule_id, min(f.nominal_at) as first, max(coalesce(f.until, f.nominal_at)) as last,
                   sum(coalesce(f.instants, 1)) as told
              from firing f join schedule s on s.id = f.schedule_id
             where s.integration_id = ?::uuid
             group by f.schedule_id
            """;

    private static final String OUTCOMES = """
            select f.outcome, count(*) from firing f join schedule s on s.id = f.schedule_id
             where s.integration_id = ?::uuid group by f.outcome
            """;

    private static final String RAN = """
            select f.run_id, f.schedule_id, f.nominal_at from firing f join schedule s on s.id = f.schedule_id
             where s.integration_id = ?::uuid and f.outcome = 'ran'
            """;

    private static final String RUNS = """
            select id, event ->> 'nominalAt' from open_run where integration_id = ?::uuid
            union all
            select id, event ->> 'nominalAt' from run where integration_id = ?::uuid
            """;

    private static final String LATE = """
            select 'late by a median of ' || percentile_disc(0.5) within group (order by late)
                   || ' s, p99 ' || percentile_disc(0.99) within group (order by late) || ' s, at most ' || max(late) || ' s; '
                   || (select count(*) from run where integration_id = ?::uuid) || ' runs have ended'
              from (select round(extract(epoch from f.fired_at - f.nominal_at), 2) as late
                      from firing f join schedule s on s.id = f.schedule_id
                     where s.integration_id = ?::uuid and f.outcome = 'ran') fired
            """;

    private static final String FORGET = "delete from open_run where integration_id = ?::uuid";

    private final ServiceDatabase database;
    private final Map<UUID, Instant> begin = new HashMap<>();
    private final Map<UUID, Instant> end = new HashMap<>();

    private StoredFirings(DatabaseServer database, String integrationId) {
        this.database = new ServiceDatabase(database, ServiceName.SCHEDULER, integrationId);
    }

    /** So many schedules that begin to fire now, each second, until they are stopped or the test is over. */
    public static StoredFirings eachSecond(Sluice sluice, int schedules) {
        Integration integration = new OwnFlows(sluice).installScheduled("- done: {set: {ok: '${ true }'}}\n");
        StoredFirings stored = new StoredFirings(sluice.stack().database(), integration.id());
        sluice.afterwards(stored::forgetRuns);
        integration.addSchedule(EVERY_SECOND);
        Patience.soon().until(() -> !stored.instants(PLANNED).isEmpty());
        stored.multiply(schedules);
        return stored;
    }

    private void multiply(int schedules) {
        try (Connection connection = database.connect();
                PreparedStatement copy = connection.prepareStatement(COPY);
                PreparedStatement plan = connection.prepareStatement(PLAN)) {
            copy.setInt(1, schedules);
            copy.setString(2, database.integrationId());
            copy.executeUpdate();
            plan.setString(1, database.integrationId());
            plan.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError("the scheduler's database cannot be written", e);
        }
        begin.putAll(instants(PLANNED));
        assertThat(begin).hasSize(schedules);
    }

    /** How many instants are over, whatever became of them. */
    public long over() {
        return instants(PLANNED).entrySet().stream()
                .mapToLong(planned -> Duration.between(begin.get(planned.getKey()), planned.getValue())
                        .toSeconds())
                .sum();
    }

    /** No instant follows; returns when those that wait have had their turn. */
    public void stop() {
        end.putAll(instants(STOP));
        Patience.afterTakeover().until(() -> texts(WAITING).equals(List.of("0")));
    }

    /** Fails unless each instant, from the first to the last of each schedule, has run exactly once. */
    public void requireEachInstantOnce() {
        Map<String, Long> outcomes = new HashMap<>();
        database.query(OUTCOMES, row -> outcomes.put(row.getString(1), row.getLong(2)));
        Map<UUID, Long> told = new HashMap<>();
        List<String> incomplete = new ArrayList<>();
        database.query(LEDGER, row -> {
            UUID schedule = row.getObject("schedule_id", UUID.class);
            Instant first = row.getTimestamp("first").toInstant();
            Instant last = row.getTimestamp("last").toInstant();
            told.put(schedule, row.getLong("told"));
            if (first.isAfter(begin.get(schedule))
                    || !last.plusSeconds(1).equals(end.get(schedule))
                    || row.getLong("told") != Duration.between(first, last).toSeconds() + 1) {
                incomplete.add("%s has %d from %s to %s, which should be from %s to before %s"
                        .formatted(schedule, row.getLong("told"), first, last, begin.get(schedule), end.get(schedule)));
            }
        });
        long instants = told.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                "  in the database: %d schedules, %d instants, outcomes %s; %s%n",
                told.size(), instants, outcomes, texts(LATE));

        assertThat(end.keySet()).as("all went on to the end").isEqualTo(begin.keySet());
        assertThat(told.keySet()).isEqualTo(begin.keySet());
        assertThat(incomplete).as("instants that are missing or told twice").isEmpty();
        assertThat(outcomes).containsOnlyKeys("ran");
        requireRuns();
    }

    /** Compared here: the database has no statistics yet of what is so new, and would take minutes. */
    private void requireRuns() {
        Map<UUID, String> ran = new HashMap<>();
        Set<String> instants = new HashSet<>();
        List<String> twice = new ArrayList<>();
        database.query(RAN, row -> {
            String nominal = row.getTimestamp(3).toInstant().toString();
            if (!instants.add(row.getString(2) + nominal) || ran.put(row.getObject(1, UUID.class), nominal) != null) {
                twice.add(row.getString(2) + " " + nominal);
            }
        });
        Map<UUID, String> runs = new HashMap<>();
        database.query(RUNS, row -> {
            if (runs.put(row.getObject(1, UUID.class), row.getString(2)) != null) {
                twice.add("run " + row.getString(1));
            }
        });
        System.out.printf("  %d instants ran, there are %d runs%n", ran.size(), runs.size());

        assertThat(twice)
                .as("two outcomes of an instant, or two instants of a run")
                .isEmpty();
        assertThat(differences(ran, runs))
                .as("instants without a run of their own")
                .isEmpty();
        assertThat(differences(runs, ran)).as("runs without an instant").isEmpty();
    }

    private static List<String> differences(Map<UUID, String> some, Map<UUID, String> others) {
        return some.entrySet().stream()
                .filter(one -> !one.getValue().equals(others.get(one.getKey())))
                .map(one -> one + ", there " + others.get(one.getKey()))
                .toList();
    }

    private void forgetRuns() {
        instants(STOP);
        database.update(FORGET);
    }

    private Map<UUID, Instant> instants(String sql) {
        Map<UUID, Instant> instants = new HashMap<>();
        database.query(
                sql,
                row -> instants.put(
                        row.getObject(1, UUID.class), row.getTimestamp(2).toInstant()));
        return instants;
    }

    private List<String> texts(String sql) {
        List<String> texts = new ArrayList<>();
        database.query(sql, row -> texts.add(row.getString(1)));
        return texts;
    }
}
