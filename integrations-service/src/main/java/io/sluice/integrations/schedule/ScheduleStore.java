package io.sluice.integrations.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Schedules in the database. */
@Singleton
class ScheduleStore {

    private final Jdbi jdbi;

    ScheduleStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A schedule as it is stored; {@code activateOn} and {@code enabled} are always set. */
    record Stored(UUID id, ScheduleSettings settings, String words) {}

    List<Stored> list(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, settings, words from schedule
                         where tenant = :tenant and integration_id = :integrationId order by created_at, id
                        """)
                .bind("tenant", tenant)
                .bind("integrationId", integrationId)
                .map((row, context) -> stored(row))
                .list());
    }

    Optional<Stored> find(String tenant, UUID integrationId, UUID id) {
        return list(tenant, integrationId).stream()
                .filter(schedule -> schedule.id().equals(id))
                .findFirst();
    }

    static void insert(Handle handle, String tenant, UUID integrationId, Stored schedule) {
        handle.createUpdate("""
                        insert into schedule (id, integration_id, tenant, enabled, settings, words, created_at)
                        values (:id, :integrationId, :tenant, :enabled, :settings::jsonb, :words, now())
                        """)
                .bind("id", schedule.id())
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .bind("enabled", Boolean.TRUE.equals(schedule.settings().enabled()))
                .bind("settings", Json.text(schedule.settings()))
                .bind("words", schedule.words())
                .execute();
    }

    /** @return false when there is no such schedule */
    static boolean update(Handle handle, String tenant, UUID integrationId, Stored schedule) {
        return handle.createUpdate("""
                                update schedule set enabled = :enabled, settings = :settings::jsonb, words = :words
                                 where id = :id and integration_id = :integrationId and tenant = :tenant
                                """)
                        .bind("id", schedule.id())
                        .bind("integrationId", integrationId)
                        .bind("tenant", tenant)
                        .bind("enabled", Boolean.TRUE.equals(schedule.settings().enabled()))
                        .bind("settings", Json.text(schedule.settings()))
                        .bind("words", schedule.words())
                        .execute()
                == 1;
    }

    /**
     * Switches one on or off and leaves all else as it is at that moment.
     *
     * @return false when there is no such schedule
     */
    static boolean switchTo(
            Handle handle, String tenant, UUID integrationId, UUID id, boolean on, @Nullable String note) {
        return handle.createUpdate("""
                                update schedule
                                   set enabled = :enabled,
                                       settings = (settings - 'pauseNote') || :change::jsonb
                                 where id = :id and integration_id = :integrationId and tenant = :tenant
                                """)
                        .bind("id", id)
                        .bind("integrationId", integrationId)
                        .bind("tenant", tenant)
                        .bind("enabled", on)
                        .bind("change", Json.text(ScheduleSettings.switched(on, note)))
                        .execute()
                == 1;
    }

    /** @return false when there is no such schedule */
    static boolean delete(Handle handle, String tenant, UUID integrationId, UUID id) {
        return handle.createUpdate(
                                "delete from schedule where id = :id and integration_id = :integrationId and tenant = :tenant")
                        .bind("id", id)
                        .bind("integrationId", integrationId)
                        .bind("tenant", tenant)
                        .execute()
                == 1;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                row.getObject("id", UUID.class),
                Json.parse(row.getString("settings"), ScheduleSettings.class),
                row.getString("words"));
    }
}
