package io.sluice.integrations.ui;

import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.ReceivedCall;
import io.sluice.contract.webhook.ReceivedCallDetail;
import io.sluice.contract.webhook.SignatureCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A call in full.
 *
 * @param signature what was compared; absent for viewers, and where nothing was
 */
public record CallView(
        ReceivedCall call,
        CallWords words,
        String size,
        List<Header> headers,
        CallBody body,
        boolean cut,
        @Nullable SignatureCheck signature) {

    /** A header's line; one that came twice has two. */
    public record Header(String name, String value) {

        static List<Header> of(Map<String, List<String>> headers) {
            return headers.entrySet().stream()
                    .flatMap(header -> header.getValue().stream().map(value -> new Header(header.getKey(), value)))
                    .toList();
        }
    }

    static CallView of(ReceivedCallDetail detail) {
        ReceivedCall call = detail.call();
        return new CallView(
                call,
                CallWords.of(call),
                SizeText.rounded(call.bodyBytes()),
                Header.of(detail.headers()),
                CallBody.of(detail),
                detail.bodyCut(),
                detail.signature());
    }

    public boolean isCaptured() {
        return call.outcome() == CallOutcome.CAPTURED;
    }

    /** A handshake asks whether the URL lives, so there is nothing to start; of half a body nothing can be started. */
    public boolean isReplayable() {
        return switch (call.outcome()) {
            case ACCEPTED, DUPLICATE -> !call.runIds().isEmpty();
            case FILTERED, REFUSED, CAPTURED -> !cut;
            case HANDSHAKE -> false;
        };
    }

    public String replayWords() {
        return switch (call.outcome()) {
            case ACCEPTED, DUPLICATE -> "Replay";
            case FILTERED, REFUSED, CAPTURED, HANDSHAKE -> "Start the run that it did not start";
        };
    }

    /** What a saved body is called. */
    static String fileName(ReceivedCallDetail detail) {
        UnaryOperator<String> name = ending -> "call-" + detail.call().id() + ending;
        if (detail.body() == null) {
            return name.apply(".bin");
        }
        String type =
                Objects.requireNonNullElse(detail.call().contentType(), "").toLowerCase(Locale.ROOT);
        return name.apply(type.contains("json") ? ".json" : type.contains("xml") ? ".xml" : ".txt");
    }
}
