package io.sluice.local.demo;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that a demo system sent.
 *
 * @param url host and path, the token in it masked
 * @param status of the last answer, absent when there was none
 * @param answer the last answer's body, or why there is none, at most 500 characters
 */
record Delivery(
        String id,
        String event,
        Instant at,
        String url,
        Outcome outcome,
        @Nullable Integer status,
        int attempts,
        String answer) {

    private static final int KEPT = 50;

    /** How far a delivery has come. */
    enum Outcome {
        SENDING,
        RETRYING,
        DELIVERED,
        FAILED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Delivery sending(String id, String event, Instant at, String url) {
        return new Delivery(id, event, at, MaskedUrl.of(url), Outcome.SENDING, null, 0, "");
    }

    Delivery attempted(int attempt, Outcome reached, Reply reply) {
        return switch (reply) {
            case Reply.Answered(var code, var body) -> new Delivery(id, event, at, url, reached, code, attempt, body);
            case Reply.Unreachable(var reason) -> new Delivery(id, event, at, url, reached, null, attempt, reason);
        };
    }

    Delivery restarted() {
        return switch (outcome) {
            case DELIVERED, FAILED -> this;
            case SENDING, RETRYING ->
                new Delivery(id, event, at, url, Outcome.FAILED, status, attempts, "Stopped before it was delivered");
        };
    }

    /** The list with this delivery in place of its earlier state, or at the end. */
    List<Delivery> in(List<Delivery> deliveries) {
        var changed = new ArrayList<>(deliveries);
        changed.replaceAll(other -> other.id().equals(id) ? this : other);
        return changed.contains(this) ? changed : newest(changed, this);
    }

    static List<Delivery> newest(List<Delivery> deliveries, Delivery added) {
        var more = new ArrayList<>(deliveries);
        more.add(added);
        return more.subList(Math.max(0, more.size() - KEPT), more.size());
    }
}
