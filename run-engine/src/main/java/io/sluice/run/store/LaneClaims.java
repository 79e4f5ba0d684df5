package io.sluice.run.store;

import io.sluice.run.queue.ClaimedRun;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Claims runs that share something with others of their integration: a context, a key, or a limit. Lanes are walked
 * from one to the next by their index, so that a backlog of one costs a look and no more; where there are many, each
 * claim goes on where the one before stopped.
 */
final class LaneClaims {

    private static final int LANES = 500;

    /** One replica at a time decides who may go; the unique indexes stand behind it. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('sluice.lane-claims'))";

    private static final String HEADS = """
            with recursive head as (
                (select 1 as n, integration_id, lane
                   from open_run
                  where lane is not null and (integration_id, lane) > (:integration::uuid, :lane)
                  order by integration_id, lane
                  limit 1)
                union all
                (select h.n + 1, next.integration_id, next.lane
                   from head h
                  cross join lateral (select o.integration_id, o.lane
                                        from open_run o
                                       where o.lane is not null and (o.integration_id, o.lane) > (h.integration_id, h.lane)
                                       order by o.integration_id, o.lane
                                       limit 1) next
                  where h.n < :lanes))
            select integration_id, lane from head order by n
            """;

    // A lane's first open run alone may go (one that has read its context before all others: ids are in the order of
    // clocks, and another in between would change what it goes on from), and none of a parked lane; of the lane without
    // order, as many as have a
    // place.
    private static final String CLAIM = """
            with head as (
                select * from unnest(:integrations::uuid[], :lanes::text[]) as h (integration_id, lane)),
            candidate as (
                select h.integration_id, c.id, c.not_before
                  from head h
                 cross join lateral (select *
                                       from ((select 0 as turn, o.id, o.not_before, o.worker, o.cancel_requested
                                                from open_run o
                                               where o.integration_id = h.integration_id and o.lane = h.lane
                                                 and o.context_at_start is not null
                                               limit 1)
                                             union all
                                             (select 1, o.id, o.not_before, o.worker, o.cancel_requested
                                                from open_run o
                                               where o.integration_id = h.integration_id and o.lane = h.lane
                                               order by o.lane_number, o.id
                                               limit 1)) first
                                      order by turn
                                      limit 1) c
                 where h.lane <> '' and c.worker is null and c.not_before <= now() and not c.cancel_requested
                   and not exists (select 1
                                     from lane l
                                    where l.integration_id = h.integration_id and l.lane = h.lane
                                      and l.parked_by is not null)
                union all
                select h.integration_id, c.id, c.not_before
                  from head h
                 cross join lateral (select o.id, o.not_before
                                       from open_run o
                                      where o.integration_id = h.integration_id and o.lane = h.lane
                                        and o.worker is null and o.not_before <= now()
                                        and not o.cancel_requested
                                      order by o.lane_number, o.id
                                      limit :most) c
                 where h.lane = ''),
            bound as (
                select i.integration_id, (d.document #>> '{policy,maxConcurrent}')::integer as places
                  from (select distinct integration_id from candidate) i
                  left join deployment d on d.integration_id = i.integration_id and not d.deleted),
            free as (
                select b.integration_id, s.slot,
                       row_number() over (partition by b.integration_id order by s.slot) as rank
                  from bound b
                 cross join lateral generate_series(1, b.places) as s (slot)
                 where b.places is not null
                   and not exists (select 1
                                     from open_run o
                                    where o.integration_id = b.integration_id and o.worker is not null
                                      and o.slot = s.slot)),
            ranked as (
                select c.*, row_number() over (partition by c.integration_id order by c.not_before, c.id) as rank
                  from candidate c),
            chosen as (
                select r.id, f.slot
                  from ranked r
                  join bound b on b.integration_id = r.integration_id
                  left join free f on f.integration_id = r.integration_id and f.rank = r.rank
                 where b.places is null or f.slot is not null
                 order by r.not_before, r.id
                 limit :most)
            update open_run o
               set worker = :worker, lease_until = now() + :lease::interval, fence = o.fence + 1, slot = chosen.slot,
                   attempt = o.attempt + 1, started_at = coalesce(o.started_at, now()), waiting_for = null
              from chosen
             where o.id = chosen.id and o.worker is null
            """ + RunQueueStore.CLAIMED;

    private static final Head START = new Head(new UUID(0, 0), "");

    private record Head(UUID integrationId, String lane) {}

    private volatile Head after = START;

    /** Within the caller's transaction. */
    List<ClaimedRun> claim(Handle handle, RunQueueStore.Claim claim) {
        List<Head> heads = heads(handle);
        if (heads.isEmpty()) {
            after = START;
            return List.of();
        }
        if (!handle.createQuery(LOCK).mapTo(Boolean.class).one()) {
            return List.of();
        }
        after = heads.size() < LANES ? START : heads.getLast();
        return handle.createQuery(CLAIM)
                .bindArray(
                        "integrations",
                        String.class,
                        heads.stream()
                                .map(head -> head.integrationId().toString())
                                .toArray())
                .bindArray("lanes", String.class, heads.stream().map(Head::lane).toArray())
                .bind("worker", claim.worker())
                .bind("lease", claim.lease())
                .bind("most", claim.most())
                .map((row, context) -> RunQueueStore.claimed(row))
                .list();
    }

    private List<Head> heads(Handle handle) {
        return handle.createQuery(HEADS)
                .bind("integration", after.integrationId())
                .bind("lane", after.lane())
                .bind("lanes", LANES)
                .map((row, context) -> new Head(row.getObject("integration_id", UUID.class), row.getString("lane")))
                .list();
    }
}
