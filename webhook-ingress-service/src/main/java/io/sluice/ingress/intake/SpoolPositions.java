package io.sluice.ingress.intake;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** How far spools have come into the database. */
@Singleton
class SpoolPositions {

    private final Jdbi jdbi;

    SpoolPositions(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Optional<Long> of(UUID spool) {
        return jdbi.withHandle(handle -> handle.createQuery("select bytes from spool_position where spool_id = :id")
                .bind("id", spool)
                .mapTo(Long.class)
                .findOne());
    }

    static void move(Handle handle, UUID spool, long bytes) {
        handle.createUpdate("""
                        insert into spool_position (spool_id, bytes, moved_at) values (:id, :bytes, now())
                        on conflict (spool_id) do update set bytes = excluded.bytes, moved_at = excluded.moved_at
                        """).bind("id", spool).bind("bytes", bytes).execute();
    }

    void move(UUID spool, long bytes) {
        jdbi.useHandle(handle -> move(handle, spool, bytes));
    }

    void forget(UUID spool) {
        jdbi.useHandle(handle -> handle.createUpdate("delete from spool_position where spool_id = :id")
                .bind("id", spool)
                .execute());
    }
}
