package io.sluice.integrations.ui;

import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.ReceivedCall;
import java.util.Objects;

/**
 * What became of a call, in words, with the setting that decided it.
 *
 * @param tone the pill's class
 * @param setting its name; empty when no setting decided
 * @param anchor the setting's place on the webhook tab
 */
public record CallWords(String text, String tone, String setting, String anchor) {

    private static final String NO_SETTING = "";

    static CallWords of(ReceivedCall call) {
        String reason = Objects.requireNonNullElse(call.reason(), "");
        return switch (call.outcome()) {
            case ACCEPTED -> plain(started(call.runIds().size()), "succeeded");
            case DUPLICATE -> new CallWords("Repeats an earlier call", "", "Repeated calls", "repeatsBy");
            case FILTERED -> new CallWords(joined("Filtered out", reason), "", "Filter", "filter");
            case REFUSED -> refused(call.status(), reason);
            case HANDSHAKE -> plain("Handshake answered", "running");
            case CAPTURED -> plain("Shown to a listener", "running");
        };
    }

    /** For the chips of the list. */
    static String of(CallOutcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> "Accepted";
            case DUPLICATE -> "Repeated";
            case FILTERED -> "Filtered";
            case REFUSED -> "Refused";
            case HANDSHAKE -> "Handshakes";
            case CAPTURED -> "Listened to";
        };
    }

    public boolean isDecided() {
        return !setting.isEmpty();
    }

    private static CallWords refused(int status, String reason) {
        String text = joined("Refused " + status, reason);
        return switch (status) {
            case 401 -> new CallWords(text, "failed", "Verification", "verification");
            case 404 -> new CallWords(text, "failed", "Addresses", "addresses");
            case 405 -> new CallWords(text, "failed", "Methods", "methods");
            case 413 -> new CallWords(text, "failed", "Largest body", "maxBody");
            case 415 -> new CallWords(text, "failed", "Content types", "contentTypes");
            case 429 -> new CallWords(text, "failed", "Rate", "rateRequests");
            default -> plain(text, "failed");
        };
    }

    private static CallWords plain(String text, String tone) {
        return new CallWords(text, tone, NO_SETTING, NO_SETTING);
    }

    private static String started(int runs) {
        return switch (runs) {
            case 0 -> "Accepted";
            case 1 -> "Started a run";
            default -> "Started " + runs + " runs";
        };
    }

    private static String joined(String what, String reason) {
        return reason.isEmpty() ? what : what + " · " + reason;
    }
}
