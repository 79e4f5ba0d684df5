package io.sluice.integrations.ui;

import io.sluice.contract.run.RunError;

/**
 * What a person can do about an error.
 *
 * @param tab of the integration where it is done, such as {@code connections}; empty when it is done here
 * @param link the words that lead there
 */
public record Advice(String text, String tab, String link) {

    private static final int SERVER_ERROR = 500;

    static Advice of(RunError error) {
        return switch (error.code()) {
            case "http-status" -> ofAnswer(error.status());
            case "communication", "timeout" ->
                here("The other side did not answer. Replay from the failed step once it is back: with the stored"
                        + " event the same Idempotency-Key is sent again.");
            case "credential" -> connections("The connection could not be used for the call.");
            case "blocked-address" ->
                configuration("Calls to this address are not allowed. Use another one, or ask who runs Sluice to"
                        + " allow it.");
            case "configuration" -> configuration("The call could not be made from what is set.");
            case "expression" ->
                here("The flow could not work with what it got. Look at the event below, and replay with an edited"
                        + " one, or change the template.");
            case "limit" -> here("The run needed more than a run may use. Send less at once, or split the work.");
            case "raised" -> here("The flow itself ends the run here; its message says why.");
            default ->
                here("This is our fault, not yours. Replay the run; when it fails again, tell who runs Sluice its id.");
        };
    }

    private static Advice ofAnswer(int status) {
        return switch (status) {
            case 401, 403 -> connections("The other side did not take our credentials.");
            case 404, 410 -> configuration("The other side knows nothing at this URL.");
            case 408, 425, 429 -> busy();
            default ->
                status >= SERVER_ERROR
                        ? busy()
                        : here("The other side refused what was sent. Its answer below says why; mend that, or replay"
                                + " with an edited event.");
        };
    }

    private static Advice busy() {
        return here("The other side is busy or broken, not this integration. Replay from the failed step once it is"
                + " back: with the stored event the same Idempotency-Key is sent again.");
    }

    private static Advice here(String text) {
        return new Advice(text, "", "");
    }

    private static Advice connections(String text) {
        return new Advice(text + " Then replay from the failed step.", "connections", "Check the connections");
    }

    private static Advice configuration(String text) {
        return new Advice(text + " Then replay from the failed step.", "configuration", "Check the configuration");
    }
}
