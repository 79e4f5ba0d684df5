package io.sluice.integrations.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.TestCall;
import io.sluice.run.expression.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What came of a test call.
 *
 * @param shown whether there is one
 * @param status of the answer; 0 when the call was only built
 * @param runIds that the answer names
 */
public record TestResult(
        boolean shown, int status, String answer, List<CallView.Header> headers, List<String> runIds, String curl) {

    static final TestResult NONE = new TestResult(false, 0, "", List.of(), List.of(), "");

    private static final int FIRST_REFUSAL = 400;

    static TestResult of(TestCall call) {
        TestCall.Answer answer = call.answer();
        return answer == null
                ? new TestResult(true, 0, "", List.of(), List.of(), call.curl())
                : new TestResult(
                        true,
                        answer.status(),
                        answer.body(),
                        answer.headers().entrySet().stream()
                                .map(header -> new CallView.Header(header.getKey(), header.getValue()))
                                .toList(),
                        runIds(answer.body()),
                        call.curl());
    }

    public boolean isSent() {
        return status > 0;
    }

    public boolean isTaken() {
        return isSent() && status < FIRST_REFUSAL;
    }

    private static List<String> runIds(String answer) {
        Set<String> ids = new LinkedHashSet<>();
        try {
            JsonNode json = Json.parse(answer);
            add(ids, json.path("runId"));
            json.path("runIds").forEach(id -> add(ids, id));
        } catch (IllegalArgumentException notOurAnswer) {
            return List.of();
        }
        return List.copyOf(ids);
    }

    /** An answer that a person has set may hold anything by these names. */
    private static void add(Set<String> ids, JsonNode id) {
        if (id.asText().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            ids.add(id.asText());
        }
    }
}
