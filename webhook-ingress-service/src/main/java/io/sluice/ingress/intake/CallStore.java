package io.sluice.ingress.intake;

import io.sluice.run.queue.NewRun;
import io.sluice.run.store.RunQueueStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Stores calls: their events' ids, their runs, the places of those in the queue, and what came, in one commit. */
@Singleton
class CallStore {

    // The primary key decides who is first; an expired row is replaced by the statement that inserts. The keys come
    // sorted, so that two groups lock them in one order.
    private static final String CLAIM = """
            insert into event_id (integration_id, key, run_id, expires_at)
            select u.integration_id, u.key, u.run_id, now() + u.seconds * interval '1 second'
              from unnest(:integrations::uuid[], :keys::text[], :runs::uuid[], :seconds::bigint[])
                as u (integration_id, key, run_id, seconds)
            on conflict (integration_id, key) do update
               set run_id = excluded.run_id, expires_at = excluded.expires_at
             where event_id.expires_at <= now()
            returning integration_id, key
            """;

    private static final String FIRST = """
            select e.integration_id, e.key, e.run_id
              from event_id e
              join unnest(:integrations::uuid[], :keys::text[]) as u (integration_id, key)
                on e.integration_id = u.integration_id and e.key = u.key
            """;

    // One listener a call and one call a listener; a listener that another group is filling is left to that group.
    private static final String LISTENERS = """
            select distinct on (integration_id) integration_id, id
              from (select integration_id, id from call_listener
                     where integration_id = any(:integrations::uuid[]) and call_id is null and until > now()
                     order by id for update skip locked) l
             order by integration_id, id
            """;

    private static final String FILL = "update call_listener set call_id = :call where id = :id";

    private final Jdbi jdbi;
    private final Listeners listeners;

    CallStore(Jdbi jdbi, Listeners listeners) {
        this.jdbi = jdbi;
        this.listeners = listeners;
    }

    /** The commit failed, and nobody can say whether it took place. */
    static final class OutcomeUnknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutcomeUnknown(Throwable cause) {
            super(cause);
        }
    }

    private record Key(UUID integration, String text) {

        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::integration).thenComparing(Key::text);
    }

    /**
     * Stores what is new of a group of calls. Returns after the commit.
     *
     * @return a receipt for each, in their order
     * @throws OutcomeUnknown when it may have been stored
     */
    List<Receipt> store(List<PendingCall> calls) {
        return store(calls, true, handle -> {});
    }

    /**
     * The same of calls that are acknowledged already: none of them goes to somebody who listens.
     *
     * @param more is done in the same commit
     */
    List<Receipt> storeAcknowledged(List<PendingCall> calls, Consumer<Handle> more) {
        return store(calls, false, more);
    }

    private List<Receipt> store(List<PendingCall> calls, boolean mayCapture, Consumer<Handle> more) {
        try (Handle handle = jdbi.open()) {
            handle.begin();
            List<Receipt> receipts;
            try {
                receipts =
                        write(handle, calls, mayCapture && listeners.areThere() ? captured(handle, calls) : Set.of());
                more.accept(handle);
            } catch (RuntimeException e) {
                rollback(handle);
                throw e;
            }
            try {
                handle.commit();
            } catch (RuntimeException e) {
                throw new OutcomeUnknown(e);
            }
            return receipts;
        }
    }

    private static void rollback(Handle handle) {
        try {
            handle.rollback();
        } catch (RuntimeException ignored) {
            // The connection is gone, and the transaction with it.
        }
    }

    private static List<Receipt> write(Handle handle, List<PendingCall> calls, Set<PendingCall> captured) {
        List<PendingCall> others =
                calls.stream().filter(call -> !captured.contains(call)).toList();
        Map<Key, UUID> firsts = claim(handle, others);
        List<NewRun> fresh = new ArrayList<>();
        List<AcceptedRow> rows = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        for (PendingCall call : calls) {
            receipts.add(captured.contains(call) ? new Receipt.Captured() : judge(call, firsts, fresh, rows));
        }
        if (!fresh.isEmpty()) {
            RunQueueStore.enqueueAll(handle, fresh);
            AcceptedRow.insert(handle, rows);
        }
        return receipts;
    }

    private static Receipt judge(PendingCall call, Map<Key, UUID> firsts, List<NewRun> fresh, List<AcceptedRow> rows) {
        List<UUID> runs = new ArrayList<>();
        boolean isNew = false;
        for (PendingCall.PendingRun one : call.runs()) {
            UUID mine = one.run().id();
            UUID first = one.key() == null
                    ? mine
                    : Objects.requireNonNull(firsts.get(new Key(one.run().integrationId(), one.key())));
            runs.add(first);
            if (first.equals(mine)) {
                isNew = true;
                fresh.add(one.run());
            }
        }
        if (!isNew) {
            return new Receipt.Duplicate(runs, call.batch(), call.eventId());
        }
        rows.add(AcceptedRow.of(call, runs));
        return new Receipt.Accepted(runs, call.batch());
    }

    /** The calls that go to somebody who listens: of each integration at most one. */
    private static Set<PendingCall> captured(Handle handle, List<PendingCall> calls) {
        Map<UUID, UUID> listeners = new HashMap<>();
        handle.createQuery(LISTENERS)
                .bindArray(
                        "integrations",
                        String.class,
                        calls.stream()
                                .map(call -> call.call().integrationId().toString())
                                .distinct()
                                .toArray())
                .map((row, context) ->
                        Map.entry(row.getObject("integration_id", UUID.class), row.getObject("id", UUID.class)))
                .forEach(listener -> listeners.put(listener.getKey(), listener.getValue()));
        Set<PendingCall> captured = new HashSet<>();
        if (listeners.isEmpty()) {
            return captured;
        }
        for (PendingCall call : calls) {
            UUID listener = listeners.remove(call.call().integrationId());
            if (listener != null) {
                handle.createUpdate(FILL)
                        .bind("call", call.id())
                        .bind("id", listener)
                        .execute();
                OtherCallRow.insertAll(handle, List.of(OtherCallRow.captured(call)));
                captured.add(call);
            }
        }
        return captured;
    }

    /** Whose each event is: of equal ones in the group the first call's, unless it was somebody's before. */
    private static Map<Key, UUID> claim(Handle handle, List<PendingCall> calls) {
        Map<Key, Claim> claims = new java.util.TreeMap<>(Key.ORDER);
        for (PendingCall call : calls) {
            for (PendingCall.PendingRun one : call.runs()) {
                if (one.key() != null) {
                    claims.putIfAbsent(
                            new Key(one.run().integrationId(), one.key()),
                            new Claim(one.run().id(), call.window().toSeconds()));
                }
            }
        }
        Map<Key, UUID> firsts = new HashMap<>();
        if (claims.isEmpty()) {
            return firsts;
        }
        List<Key> keys = List.copyOf(claims.keySet());
        Set<Key> ours = new HashSet<>(handle.createQuery(CLAIM)
                .bindArray("integrations", String.class, integrations(keys))
                .bindArray("keys", String.class, texts(keys))
                .bindArray(
                        "runs",
                        String.class,
                        claims.values().stream()
                                .map(claim -> claim.run().toString())
                                .toArray())
                .bindArray(
                        "seconds",
                        Long.class,
                        claims.values().stream().map(Claim::seconds).toArray())
                .map((row, context) -> new Key(row.getObject("integration_id", UUID.class), row.getString("key")))
                .list());
        ours.forEach(
                key -> firsts.put(key, Objects.requireNonNull(claims.get(key)).run()));
        List<Key> known = keys.stream().filter(key -> !ours.contains(key)).toList();
        if (!known.isEmpty()) {
            // Their transactions are over, since the statement above has waited for them.
            handle.createQuery(FIRST)
                    .bindArray("integrations", String.class, integrations(known))
                    .bindArray("keys", String.class, texts(known))
                    .map((row, context) -> Map.entry(
                            new Key(row.getObject("integration_id", UUID.class), row.getString("key")),
                            row.getObject("run_id", UUID.class)))
                    .forEach(first -> firsts.put(first.getKey(), first.getValue()));
        }
        return firsts;
    }

    private record Claim(UUID run, long seconds) {}

    private static Object[] integrations(List<Key> keys) {
        return keys.stream().map(key -> key.integration().toString()).toArray();
    }

    private static Object[] texts(List<Key> keys) {
        return keys.stream().map(Key::text).toArray();
    }

    /** Forgets ids whose window is over, a bounded number at a time; but not one that a call has claimed anew meanwhile. */
    int forgetExpired() {
        return jdbi.withHandle(handle -> handle.execute("""
                delete from event_id e
                 using (select integration_id, key from event_id
                         where expires_at < now()
                         order by expires_at limit 10000
                           for update skip locked) old
                 where e.integration_id = old.integration_id and e.key = old.key and e.expires_at < now()
                """));
    }

    /** The run that an event of an integration has started. */
    Optional<UUID> runOf(UUID integrationId, String key) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select run_id from event_id where integration_id = :id and key = :key and expires_at > now()")
                .bind("id", integrationId)
                .bind("key", key)
                .mapTo(UUID.class)
                .findOne());
    }
}
