package io.sluice.scheduler.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Schedules and their due instants, as the feed changes them. Always the due row first, as those who fire do: no deadlock
 * between the two.
 */
public final class ScheduleRows {

    private static final String PUT = """
            insert into schedule (id, integration_id, tenant, settings, version)
            values (:id, :integrationId, :tenant, :settings::jsonb, :version)
            on conflict (id) do update set settings = excluded.settings, version = excluded.version
             where schedule.tenant = excluded.tenant
            """;

    private static final String PLAN = """
            insert into due (schedule_id, next_fire_at, nominal_at, version)
            select :id, :dueAt::timestamptz, :nominalAt::timestamptz, s.version from schedule s where s.id = :id
            on conflict (schedule_id) do update
               set next_fire_at = excluded.next_fire_at, nominal_at = excluded.nominal_at, version = excluded.version
            """;

    private static final String STATE = """
            select s.stopped_at, s.paused_at is not null as paused, coalesce(d.nominal_at, d.next_fire_at) as nominal_at
              from schedule s left join due d on d.schedule_id = s.id
             where s.id = :id
               for no key update of s
            """;

    private static final String UNWAIT = """
            with gone as (
                delete from waiting_firing
                 where schedule_id = :id and (kind = 'queued' or not :queuedOnly)
                returning nominal_at)
            update firing f set outcome = 'skipped', reason = :reason, fired_at = now()
              from gone
             where f.schedule_id = :id and f.nominal_at = gone.nominal_at and f.outcome = 'pending'
            """;

    private ScheduleRows() {}

    /**
     * Where a schedule stands.
     *
     * @param stoppedAt the instant at which a pause began; null while it goes on
     * @param paused whether we have paused it ourselves
     * @param nextAt null when nothing is planned
     */
    record State(
            @Nullable Instant stoppedAt,
            boolean paused,
            @Nullable Instant nextAt) {

        static final State NONE = new State(null, false, null);
    }

    static Map<UUID, JsonNode> settings(Handle handle, UUID integrationId) {
        Map<UUID, JsonNode> stored = new HashMap<>();
        handle.createQuery("select id, settings from schedule where integration_id = :id")
                .bind("id", integrationId)
                .map((row, context) ->
                        Map.entry(row.getObject("id", UUID.class), Json.parse(row.getString("settings"))))
                .forEach(schedule -> stored.put(schedule.getKey(), schedule.getValue()));
        return stored;
    }

    /** Keeps it from being fired until the transaction ends. */
    static State lock(Handle handle, UUID id) {
        handle.createQuery("select 1 from due where schedule_id = :id for update")
                .bind("id", id)
                .mapTo(Integer.class)
                .findOne();
        return handle.createQuery(STATE)
                .bind("id", id)
                .map((row, context) -> new State(
                        instant(row.getTimestamp("stopped_at")),
                        row.getBoolean("paused"),
                        instant(row.getTimestamp("nominal_at"))))
                .findOne()
                .orElse(State.NONE);
    }

    static void put(Handle handle, UUID id, UUID integrationId, String tenant, JsonNode settings, long version) {
        handle.createUpdate(PUT)
                .bind("id", id)
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .bind("settings", Json.text(settings))
                .bind("version", version)
                .execute();
    }

    static void plan(Handle handle, Clockwork clockwork, Instant nominalAt) {
        handle.createUpdate(PLAN)
                .bind("id", clockwork.id())
                .bind("nominalAt", nominalAt.toString())
                .bind("dueAt", clockwork.dueAt(nominalAt).toString())
                .execute();
    }

    /** The instant that is planned stays; it is fired by the settings of now. */
    static void keep(Handle handle, UUID id) {
        handle.createUpdate(
                        "update due d set version = s.version from schedule s where d.schedule_id = :id and s.id = :id")
                .bind("id", id)
                .execute();
    }

    /** @param at where it goes on one day; null when it begins anew then */
    public static void stop(Handle handle, UUID id, @Nullable Instant at) {
        handle.createUpdate("delete from due where schedule_id = :id")
                .bind("id", id)
                .execute();
        handle.createUpdate("update schedule set stopped_at = :at::timestamptz where id = :id")
                .bind("id", id)
                .bind("at", at == null ? null : at.toString())
                .execute();
    }

    /** What waits will not be fired. */
    static void unwait(Handle handle, UUID id, String reason) {
        unwait(handle, id, reason, false);
    }

    /** The same of those that wait behind a run; what is caught up with goes on. */
    public static void unwaitQueued(Handle handle, UUID id, String reason) {
        unwait(handle, id, reason, true);
    }

    private static void unwait(Handle handle, UUID id, String reason, boolean queuedOnly) {
        handle.createUpdate(UNWAIT)
                .bind("id", id)
                .bind("queuedOnly", queuedOnly)
                .bind("reason", reason)
                .execute();
    }

    /** @param caughtUp whether there is a pause behind it whose instants are to be dealt with */
    static void goOn(Handle handle, UUID id, boolean caughtUp) {
        handle.createUpdate("""
                        update schedule
                           set stopped_at = null, paused_at = null, pause_reason = null, forgiven_at = now(),
                               resumed_at = case when :caughtUp then now() end,
                               resume_catch_up = case when :caughtUp then resume_catch_up end, pace_ms = null
                         where id = :id
                        """).bind("caughtUp", caughtUp).bind("id", id).execute();
    }

    /** We pause it ourselves, and say why. */
    public static void pause(Handle handle, UUID id, String reason) {
        handle.createUpdate("""
                        update schedule
                           set paused_at = coalesce(paused_at, now()), pause_reason = coalesce(pause_reason, :reason)
                         where id = :id
                        """).bind("reason", reason).bind("id", id).execute();
    }

    /** Instants that are over and have no outcome belong to a rule that is no more. */
    static void overtaken(Handle handle, UUID id, Instant from) {
        handle.createUpdate("""
                        insert into firing (schedule_id, nominal_at, outcome, reason, fired_at, until)
                        select :id, :from::timestamptz, 'skipped', 'changed', now(), now() where :from::timestamptz <= now()
                        on conflict do nothing
                        """).bind("id", id).bind("from", from.toString()).execute();
    }

    /** Those that stand still though nobody has paused them: what could not be understood once. */
    static Set<UUID> stranded(Handle handle, UUID integrationId) {
        return handle.createQuery("""
                        select s.id from schedule s
                         where s.integration_id = :id and s.stopped_at is not null and s.paused_at is null
                           and s.settings ->> 'enabled' is distinct from 'false'
                        """)
                .bind("id", integrationId)
                .mapTo(UUID.class)
                .set();
    }

    static void delete(Handle handle, UUID id) {
        handle.createUpdate("delete from due where schedule_id = :id")
                .bind("id", id)
                .execute();
        unwait(handle, id, "removed");
        handle.createUpdate("update backfill set status = 'stopped', ended_at = now()"
                        + " where schedule_id = :id and status = 'running'")
                .bind("id", id)
                .execute();
        handle.createUpdate("delete from schedule where id = :id")
                .bind("id", id)
                .execute();
    }

    /** By the database's clock, which alone decides what is due. */
    static Instant now(Handle handle) {
        return handle.createQuery("select clock_timestamp()")
                .mapTo(Instant.class)
                .one();
    }

    /** A person has looked at it: our own pause ends, one of theirs goes on. */
    static void forgive(Handle handle, UUID id) {
        handle.createUpdate(
                        "update schedule set paused_at = null, pause_reason = null, forgiven_at = now() where id = :id")
                .bind("id", id)
                .execute();
    }

    static Optional<ScheduleSettings> settingsOf(Handle handle, String tenant, UUID id) {
        return handle.createQuery("select settings from schedule where id = :id and tenant = :tenant")
                .bind("id", id)
                .bind("tenant", tenant)
                .mapTo(String.class)
                .findOne()
                .map(text -> Json.parse(text, ScheduleSettings.class));
    }

    private static @Nullable Instant instant(@Nullable Timestamp stamp) {
        return stamp == null ? null : stamp.toInstant();
    }
}
