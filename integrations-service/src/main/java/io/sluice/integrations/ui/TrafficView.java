package io.sluice.integrations.ui;

import io.sluice.contract.webhook.WebhookActivity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What comes in at an endpoint, in words.
 *
 * @param outcomes such as “7 accepted, 2 refused”; empty when nothing came
 * @param expected how often calls are expected, when none came for too long; else empty
 * @param trouble empty, or why it is not known
 */
public record TrafficView(
        List<UrlLine> urls,
        String outcomes,
        String expected,
        @Nullable Instant overdueSince,
        String trouble) {

    /**
     * What comes in at one URL.
     *
     * @param calls such as “1,284 calls”
     * @param until when it stops to work; absent for the current one
     */
    public record UrlLine(
            boolean current,
            String calls,
            @Nullable Instant lastCallAt,
            @Nullable Instant until) {}

    /** Nothing is asked of an endpoint that never was. */
    static final TrafficView NONE = unknown("");

    static TrafficView of(WebhookActivity activity) {
        return new TrafficView(
                activity.urls().stream()
                        .map(url -> new UrlLine(url.current(), counted(url.calls()), url.lastCallAt(), url.until()))
                        .toList(),
                outcomes(activity.counts()),
                activity.overdue() && activity.expectEvery() != null ? DurationText.words(activity.expectEvery()) : "",
                activity.overdueSince(),
                "");
    }

    static TrafficView unknown(String trouble) {
        return new TrafficView(List.of(), "", "", null, trouble);
    }

    public boolean isOverdue() {
        return !expected.isEmpty();
    }

    private static String counted(long calls) {
        return calls == 0 ? "no call yet" : calls == 1 ? "1 call" : number(calls) + " calls";
    }

    private static String outcomes(WebhookActivity.Counts counts) {
        List<String> parts = new ArrayList<>();
        add(parts, counts.accepted(), "accepted");
        add(parts, counts.duplicate(), "repeated");
        add(parts, counts.filtered(), "filtered");
        add(parts, counts.refused(), "refused");
        add(parts, counts.handshake(), "handshakes");
        add(parts, counts.captured(), "listened to");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(number(count) + " " + what);
        }
    }

    private static String number(long count) {
        return String.format(Locale.ENGLISH, "%,d", count);
    }
}
