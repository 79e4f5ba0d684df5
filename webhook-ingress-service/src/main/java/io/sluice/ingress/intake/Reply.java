package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.Problem;
import io.sluice.contract.problem.ProblemType;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes back to the caller. */
public record Reply(int status, Map<String, String> headers, byte[] body) {

    private static final String CONTENT_TYPE = "Content-Type";

    public Reply {
        // These have no body: what came of one would be read as the beginning of the next answer.
        if (status == 204 || status == 205 || status == 304) {
            body = new byte[0];
        }
    }

    static Reply json(int status, Object body) {
        return new Reply(
                status,
                Map.of(CONTENT_TYPE, "application/json"),
                Json.text(body).getBytes(StandardCharsets.UTF_8));
    }

    static Reply json(int status, JsonNode body) {
        return new Reply(
                status,
                Map.of(CONTENT_TYPE, "application/json"),
                body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The URL is a secret: it does not come back in a body that a sender may log. */
    static Reply problem(ProblemType type, String detail, String requestId, List<FieldProblem> errors) {
        Problem problem = new Problem(type.uri(), type.title(), type.status(), detail, "/webhook/…", requestId, errors);
        return new Reply(
                type.status(),
                Map.of(CONTENT_TYPE, Problem.MEDIA_TYPE, "X-Request-Id", requestId),
                Json.text(problem).getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    Reply retryAfter(Duration after) {
        return with(
                "Retry-After", String.valueOf(Math.max(1, after.plusMillis(999).toSeconds())));
    }
}
