package io.sluice.ingress.traffic;

import io.sluice.run.queue.RunIds;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Who waits for an endpoint's next call. */
@Singleton
class ListenerStore {

    private final Jdbi jdbi;
    private final RunIds ids;

    ListenerStore(Jdbi jdbi, RunIds ids) {
        this.jdbi = jdbi;
        this.ids = ids;
    }

    /** @param callId what came; null until it did */
    record Stored(UUID id, Instant until, @Nullable UUID callId) {}

    /** Empty when the tenant has no such integration here. */
    Optional<Stored> add(String tenant, UUID integrationId, String requestedBy, Duration duration) {
        return jdbi.withHandle(handle -> {
            handle.execute("delete from call_listener where until < now() - interval '1 day'");
            return handle.createQuery("""
                            insert into call_listener (id, tenant, integration_id, requested_by, until)
                            select :id, tenant, integration_id, :by, now() + :seconds * interval '1 second'
                              from deployment
                             where integration_id = :integrationId and tenant = :tenant and not deleted
                            returning id, until, call_id
                            """)
                    .bind("id", ids.next())
                    .bind("tenant", tenant)
                    .bind("integrationId", integrationId)
                    .bind("by", requestedBy)
                    .bind("seconds", duration.toSeconds())
                    .map((row, context) -> new Stored(
                            row.getObject("id", UUID.class),
                            row.getTimestamp("until").toInstant(),
                            row.getObject("call_id", UUID.class)))
                    .findOne();
        });
    }

    Optional<Stored> find(String tenant, UUID integrationId, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, until, call_id from call_listener
                         where id = :id and integration_id = :integrationId and tenant = :tenant
                        """)
                .bind("id", id)
                .bind("integrationId", integrationId)
                .bind("tenant", tenant)
                .map((row, context) -> new Stored(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("until").toInstant(),
                        row.getObject("call_id", UUID.class)))
                .findOne());
    }
}
