package io.sluice.run.store;

import io.sluice.contract.run.ParkedKey;
import io.sluice.run.queue.NewRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Keys whose event failed for good, and what their owner does about it. */
public final class LaneStore {

    private static final String PARKED = """
            select l.lane, l.parked_by, l.parked_at,
                   (select count(*) from open_run o
                     where o.integration_id = l.integration_id and o.lane = l.lane) as waiting
              from lane l
             where l.integration_id = :integrationId and l.tenant = :tenant and l.parked_by is not null
             order by l.parked_at, l.lane
             limit 200
            """;

    private static final String RELEASE = """
            update lane l
               set parked_by = null, parked_number = null, parked_at = null
              from (select * from lane
                     where integration_id = :integrationId and tenant = :tenant and lane = :lane
                       and parked_by is not null
                       for update) before
             where l.integration_id = before.integration_id and l.lane = before.lane
            returning before.parked_by, before.parked_number
            """;

    private static final String DROP = """
            with gone as (
                delete from open_run o
                 where o.id in (select id from open_run
                                 where integration_id = :integrationId and tenant = :tenant and lane = :lane
                                   and worker is null
                                 order by id for update)
                returning o.*, 'cancelled' as new_status, null::jsonb as new_error, null::jsonb as new_output),
            """ + RunEndStore.INTO_HISTORY;

    private static final String KEY = "key:";

    private final Jdbi jdbi;

    public LaneStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Oldest first, at most 200. */
    public List<ParkedKey> parked(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> handle.createQuery(PARKED)
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> new ParkedKey(
                        row.getString("lane").substring(KEY.length()),
                        row.getObject("parked_by", UUID.class),
                        row.getTimestamp("parked_at").toInstant(),
                        row.getLong("waiting")))
                .list());
    }

    private record Parked(UUID run, long number) {}

    /** Lets the next event go and leaves the failed one; false when the key is not parked. */
    public boolean skip(String tenant, UUID integrationId, String key) {
        return jdbi.inTransaction(
                handle -> release(handle, tenant, integrationId, key).isPresent());
    }

    /** Cancels what waits for the key; false when it is not parked. */
    public boolean drop(String tenant, UUID integrationId, String key) {
        return jdbi.inTransaction(handle -> {
            boolean parked = release(handle, tenant, integrationId, key).isPresent();
            if (parked) {
                handle.createUpdate(DROP)
                        .bind("integrationId", integrationId)
                        .bind("tenant", tenant)
                        .bind("lane", KEY + key)
                        .execute();
            }
            return parked;
        });
    }

    /**
     * Queues the failed event again, before all that wait, with what it had done already.
     *
     * @param repeated makes the run that goes on with the failed one
     * @return the new run's id; empty when the key is not parked
     */
    public Optional<UUID> retry(String tenant, UUID integrationId, String key, Function<UUID, NewRun> repeated) {
        return jdbi.inTransaction(handle -> release(handle, tenant, integrationId, key)
                .map(parked -> {
                    NewRun run = repeated.apply(parked.run());
                    RunQueueStore.insert(handle, run, parked.number());
                    RunCommandStore.reuseAll(handle, run);
                    return run.id();
                }));
    }

    private static Optional<Parked> release(Handle handle, String tenant, UUID integrationId, String key) {
        return handle.createQuery(RELEASE)
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .bind("lane", KEY + key)
                .map((row, context) -> new Parked(row.getObject("parked_by", UUID.class), row.getLong("parked_number")))
                .findOne();
    }
}
