package io.sluice.system.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.DatabaseServer;
import io.sluice.local.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What ingress' database holds of one integration: pages of the API would be too slow for so many runs. */
public final class StoredRuns {

    private static final String CALLS = "select event_id, run_ids[1] from accepted_call where integration_id = ?::uuid";

    private static final String RUNS = """
            select id, lane_number from open_run where integration_id = ?::uuid
            union all
            select id, lane_number from run where integration_id = ?::uuid
            """;

    private static final String TEXTS = """
            select method || ' ?' || query || ' ' || headers || ' ' || encode(substr(body, 1, 100), 'escape')
              from accepted_call where integration_id = ?::uuid
            """;

    private static final String COUNT_CALLS = "select count(*) from accepted_call where integration_id = ?::uuid";
    private static final String COUNT_ENDED =
            "select count(*) from run where integration_id = ?::uuid and status = 'succeeded'";
    private static final String CANCEL = "delete from open_run where integration_id = ?::uuid";

    private final ServiceDatabase database;

    public StoredRuns(DatabaseServer database, String integrationId) {
        this.database = new ServiceDatabase(database, ServiceName.INGRESS, integrationId);
    }

    /** Fails unless each acknowledged event has exactly the run that was answered, and nothing else has one. */
    public void requireExactlyOnce(Sender sender, Ledger ledger) {
        Map<Integer, UUID> stored = new HashMap<>();
        List<String> twice = new ArrayList<>();
        database.query(CALLS, row -> {
            int event = sender.number(row.getString(1));
            if (stored.put(event, row.getObject(2, UUID.class)) != null) {
                twice.add(sender.eventId(event));
            }
        });
        List<UUID> runs = runs();
        Set<UUID> different = new HashSet<>(runs);
        List<String> lost = new ArrayList<>();
        ledger.acknowledged().forEach((event, answered) -> {
            if (!answered.equals(stored.get(event)) || !different.contains(answered)) {
                lost.add("event %d: answered %s, stored %s".formatted(event, answered, stored.get(event)));
            }
        });
        System.out.printf(
                "  in the database: %d events, %d runs (%d of them ended)%n", stored.size(), runs.size(), ended());

        assertThat(lost).as("acknowledged, and not stored as answered").isEmpty();
        assertThat(ledger.contradictions()).as("two answers to one event").isEmpty();
        assertThat(twice).as("stored twice").isEmpty();
        assertThat(runs).as("runs are not doubled").hasSameSizeAs(different);
        assertThat(different).as("one run an event").isEqualTo(new HashSet<>(stored.values()));
        assertThat(stored.keySet()).as("nothing came from nowhere").allMatch(ledger::mayHaveArrived);
    }

    /** All runs, open and ended. */
    public List<UUID> runs() {
        List<UUID> runs = new ArrayList<>();
        database.query(RUNS, row -> runs.add(row.getObject(1, UUID.class)));
        return runs;
    }

    /** The place of each run in its lane. */
    public Map<UUID, Long> laneNumbers() {
        Map<UUID, Long> numbers = new HashMap<>();
        database.query(RUNS, row -> numbers.put(row.getObject(1, UUID.class), row.getLong(2)));
        return numbers;
    }

    /** Those calls in words, for a test that wants none. */
    public List<String> callsAsText() {
        List<String> texts = new ArrayList<>();
        database.query(TEXTS, row -> texts.add(row.getString(1)));
        return texts;
    }

    public long calls() {
        return count(COUNT_CALLS);
    }

    public long ended() {
        return count(COUNT_ENDED);
    }

    /** Takes away what has not run, so that no other test waits behind it. */
    public void forgetOpen() {
        database.update(CANCEL);
    }

    private long count(String sql) {
        List<Long> counts = new ArrayList<>();
        database.query(sql, row -> counts.add(row.getLong(1)));
        return counts.getFirst();
    }
}
