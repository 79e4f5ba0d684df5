package io.sluice.ingress.intake;

import io.sluice.run.queue.NewRun;
import io.sluice.run.store.RunQueueStore;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Stores accepted calls: the event's id, the run and its place in the queue in one commit. */
@Singleton
class CallStore {

    // The primary key decides who is first; an expired row is replaced by the statement that inserts.
    private static final String CLAIM_ID = """
            insert into event_id (integration_id, key, run_id, expires_at)
            values (:integrationId, :key, :runId, now() + :window::interval)
            on conflict (integration_id, key) do update
               set run_id = excluded.run_id, expires_at = excluded.expires_at
             where event_id.expires_at <= now()
            """;

    private final Jdbi jdbi;

    CallStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Stores the run unless its event is known. Returns after the commit. */
    Receipt insertIfAbsent(NewRun run, Optional<String> eventId, Duration window) {
        return jdbi.inTransaction(handle -> {
            if (eventId.isPresent() && !claimed(handle, run, eventId.get(), window)) {
                return new Receipt.Duplicate(first(handle, run.integrationId(), eventId.get()));
            }
            RunQueueStore.enqueue(handle, run);
            return new Receipt.Accepted(run.id());
        });
    }

    private static boolean claimed(Handle handle, NewRun run, String eventId, Duration window) {
        return handle.createUpdate(CLAIM_ID)
                        .bind("integrationId", run.integrationId())
                        .bind("key", eventId)
                        .bind("runId", run.id())
                        .bind("window", window.toSeconds() + " seconds")
                        .execute()
                == 1;
    }

    /** The first answer; its transaction is over, since the insert above has waited for it. */
    private static UUID first(Handle handle, UUID integrationId, String eventId) {
        return handle.createQuery("select run_id from event_id where integration_id = :integrationId and key = :key")
                .bind("integrationId", integrationId)
                .bind("key", eventId)
                .mapTo(UUID.class)
                .one();
    }

    /** Forgets ids whose window is over, a bounded number at a time. */
    int forgetExpired() {
        return jdbi.withHandle(handle -> handle.execute("""
                delete from event_id where (integration_id, key) in (
                    select integration_id, key from event_id where expires_at < now() limit 10000)
                """));
    }
}
