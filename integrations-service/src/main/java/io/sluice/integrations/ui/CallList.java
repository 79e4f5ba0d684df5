package io.sluice.integrations.ui;

import io.sluice.contract.Page;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.ReceivedCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The last calls, or why they cannot be shown.
 *
 * @param outcome that is filtered by, or empty
 * @param next cursor of the older ones, or empty
 * @param trouble empty when all is well
 */
public record CallList(List<CallRow> rows, List<Chip> chips, String outcome, String next, String trouble) {

    /** A filter by outcome. */
    public record Chip(String label, String outcome, boolean current) {}

    static CallList of(Page<ReceivedCall> page, String outcome) {
        return new CallList(
                page.items().stream().map(CallRow::of).toList(),
                chips(outcome),
                outcome,
                Objects.requireNonNullElse(page.nextCursor(), ""),
                "");
    }

    static CallList unknown(String outcome, String trouble) {
        return new CallList(List.of(), chips(outcome), outcome, "", trouble);
    }

    public boolean isUnknown() {
        return !trouble.isEmpty();
    }

    private static List<Chip> chips(String chosen) {
        List<Chip> chips = new ArrayList<>(List.of(new Chip("All", "", chosen.isEmpty())));
        Arrays.stream(CallOutcome.values())
                .map(outcome -> new Chip(
                        CallWords.of(outcome),
                        outcome.wireName(),
                        outcome.wireName().equals(chosen)))
                .forEach(chips::add);
        return chips;
    }
}
