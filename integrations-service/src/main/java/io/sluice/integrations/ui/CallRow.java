package io.sluice.integrations.ui;

import io.sluice.contract.webhook.ReceivedCall;
import java.util.Objects;

/** A call in the list of the last ones. */
public record CallRow(ReceivedCall call, CallWords words, String size) {

    static CallRow of(ReceivedCall call) {
        return new CallRow(call, CallWords.of(call), SizeText.rounded(call.bodyBytes()));
    }

    public String eventId() {
        return Objects.requireNonNullElse(call.eventId(), "–");
    }
}
