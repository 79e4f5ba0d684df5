package io.sluice.system.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a sender was told, event by event. */
public final class Ledger {

    private final Map<Integer, UUID> acknowledged = new ConcurrentHashMap<>();
    private final Map<Integer, LongAdder> unknown = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> contradictions = new ConcurrentLinkedQueue<>();
    private final Map<Integer, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final LongAdder answers = new LongAdder();
    private final LongAdder withoutRetryAfter = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();

    void answered(int event, WireAnswer answer) {
        statuses.computeIfAbsent(answer.status(), _ -> new LongAdder()).increment();
        answer.runId().ifPresent(runId -> {
            answers.increment();
            UUID first = acknowledged.putIfAbsent(event, runId);
            if (first != null && !first.equals(runId)) {
                contradictions.add("event " + event + " got " + first + " and " + runId);
            }
        });
        if (answer.status() == 503 && !answer.header("retry-after").orElse("").matches("[1-9][0-9]*")) {
            withoutRetryAfter.increment();
        }
    }

    /** The connection ended before the answer. */
    void unanswered(int event) {
        unknown.computeIfAbsent(event, _ -> new LongAdder()).increment();
    }

    /** Nobody listened. */
    void turnedAway() {
        turnedAway.increment();
    }

    /** The run of each acknowledged event. */
    public Map<Integer, UUID> acknowledged() {
        return Map.copyOf(acknowledged);
    }

    /** Accepted calls, repetitions among them. */
    public long acknowledgements() {
        return answers.sum();
    }

    public boolean mayHaveArrived(int event) {
        return acknowledged.containsKey(event) || unknown.containsKey(event);
    }

    /** Events that got two answers. */
    public List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    public Map<Integer, Long> statuses() {
        Map<Integer, Long> counts = new TreeMap<>();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        return counts;
    }

    /** 503s that do not say when to come again. */
    public long withoutRetryAfter() {
        return withoutRetryAfter.sum();
    }

    @Override
    public String toString() {
        long lost = unknown.values().stream().mapToLong(LongAdder::sum).sum();
        long open = unknown.keySet().stream()
                .filter(event -> !acknowledged.containsKey(event))
                .count();
        return "%d calls acknowledged (%d events), %d calls with unknown outcome (%d events of them never sent again), %d connections refused, answers by status %s"
                .formatted(answers.sum(), acknowledged.size(), lost, open, turnedAway.sum(), statuses());
    }
}
