package io.sluice.integrations.run;

import io.sluice.contract.run.LastRun;
import io.sluice.contract.run.LastRunFeed;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Objects;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The newest ended run of each integration, as lists show it. */
@Singleton
class LastRunStore {

    // Of two answers that overtake each other, the newer run stays.
    private static final String UPSERT = """
            insert into last_run (integration_id, service, tenant, run_id, trigger, status, created_at, ended_at, error)
            values (:integrationId, :service, :tenant, :runId, :trigger, :status, :createdAt, :endedAt, :error)
            on conflict (integration_id, service) do update
               set tenant = excluded.tenant, run_id = excluded.run_id, trigger = excluded.trigger,
                   status = excluded.status, created_at = excluded.created_at, ended_at = excluded.ended_at,
                   error = excluded.error
             where last_run.ended_at <= excluded.ended_at
            """;

    private static final String MOVE = """
            insert into last_run_position (service, position) values (:service, :position)
            on conflict (service) do update set position = greatest(last_run_position.position, excluded.position)
            """;

    private final Jdbi jdbi;

    LastRunStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    long position(RunOwner owner) {
        return jdbi.withHandle(
                handle -> handle.createQuery("select position from last_run_position where service = :service")
                        .bind("service", owner.wireName())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L));
    }

    void take(RunOwner owner, LastRunFeed feed) {
        jdbi.useTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(UPSERT);
            for (LastRunFeed.Entry entry : feed.items()) {
                LastRun run = entry.run();
                Instant endedAt = Objects.requireNonNullElse(run.endedAt(), run.createdAt());
                batch.bind("integrationId", entry.integrationId())
                        .bind("service", owner.wireName())
                        .bind("tenant", entry.tenant())
                        .bind("runId", run.runId())
                        .bind("trigger", run.trigger().wireName())
                        .bind("status", run.status().wireName())
                        .bind("createdAt", java.sql.Timestamp.from(run.createdAt()))
                        .bind("endedAt", java.sql.Timestamp.from(endedAt))
                        .bind("error", run.error())
                        .add();
            }
            batch.execute();
            handle.createUpdate(MOVE)
                    .bind("service", owner.wireName())
                    .bind("position", feed.position())
                    .execute();
        });
    }
}
