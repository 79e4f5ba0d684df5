package io.sluice.ingress.intake;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.CallAccepted;
import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.ingress.endpoint.Endpoint;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What callers get, by what became of their call and by the endpoint's settings. */
@Singleton
public class Answers {

    private static final WebhookAnswer AT_ONCE =
            new WebhookAnswer(WebhookAnswer.Mode.AT_ONCE, null, null, null, null, null);
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(9);

    private final RunAnswers runs;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    Answers(RunAnswers runs, IntakeConfig config) {
        this.runs = runs;
        this.mostWaiting = config.waitingAnswers();
    }

    /** Repetitions wait for the same run, so that calls are counted and not runs. */
    int waitingCalls() {
        return waiting.get();
    }

    /**
     * By whom an answer is waited for.
     *
     * @param requestId under which the caller can ask about a refusal
     * @param longest how long the answer may wait for the run, where the endpoint would let it wait longer
     */
    record Asked(String requestId, Duration longest) {}

    CompletionStage<Reply> of(Endpoint.Open endpoint, IncomingCall call, Receipt receipt, Asked asked) {
        return switch (receipt) {
            case Receipt.Accepted taken -> accepted(endpoint, call, taken.runIds(), taken.batch(), asked);
            case Receipt.Duplicate(var runIds, var batch, var eventId) ->
                accepted(endpoint, call, runIds, batch, asked);
            default -> CompletableFuture.completedFuture(settled(receipt, asked.requestId()));
        };
    }

    private CompletionStage<Reply> accepted(
            Endpoint.Open endpoint, IncomingCall call, List<UUID> runIds, boolean batch, Asked asked) {
        WebhookAnswer answer = Objects.requireNonNullElse(endpoint.intake().answer(), AT_ONCE);
        return switch (answer.mode()) {
            case AT_ONCE -> CompletableFuture.completedFuture(atOnce(runIds, batch, null));
            case FIXED -> CompletableFuture.completedFuture(fixed(answer));
            case WAIT ->
                batch
                        ? CompletableFuture.completedFuture(atOnce(runIds, true, null))
                        : awaited(
                                endpoint,
                                runIds,
                                shorter(within(endpoint, answer), asked.longest()),
                                statusUrl(call, runIds.getFirst()),
                                asked.requestId());
        };
    }

    /** Holds nothing of the call: its body need not be kept for as long as the run takes. */
    private CompletionStage<Reply> awaited(
            Endpoint.Open endpoint, List<UUID> runIds, Duration within, URI statusUrl, String requestId) {
        if (waiting.incrementAndGet() > mostWaiting) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(atOnce(runIds, false, statusUrl));
        }
        return runs.await(endpoint, runIds.getFirst(), within, requestId)
                .whenComplete((reply, thrown) -> waiting.decrementAndGet())
                .thenApply(reply -> reply.orElseGet(() -> atOnce(runIds, false, statusUrl)));
    }

    /** What a caller gets whose call is taken; 202 also where it waits for the run. */
    static int statusOf(Endpoint.Open endpoint) {
        WebhookAnswer answer = endpoint.intake().answer();
        return answer == null || answer.mode() != WebhookAnswer.Mode.FIXED
                ? 202
                : Objects.requireNonNullElse(answer.status(), 200);
    }

    private static Duration within(Endpoint.Open endpoint, WebhookAnswer answer) {
        return answer.deadline() != null
                ? answer.deadline()
                : VerificationScheme.of(endpoint.verification().scheme())
                        .map(VerificationScheme::answerWithin)
                        .orElse(DEFAULT_WAIT);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Reply atOnce(List<UUID> runIds, boolean batch, @Nullable URI statusUrl) {
        Reply reply = Reply.json(202, new CallAccepted(runIds.getFirst(), batch ? runIds : null, null, statusUrl));
        return statusUrl == null ? reply : reply.with("Location", statusUrl.toString());
    }

    private static URI statusUrl(IncomingCall call, UUID runId) {
        return URI.create(call.url().split("\\?", 2)[0] + "/runs/" + runId);
    }

    private static Reply fixed(WebhookAnswer answer) {
        String body = Objects.requireNonNullElse(answer.body(), "");
        Map<String, String> headers = new LinkedHashMap<>();
        if (answer.headers() != null) {
            answer.headers().forEach((name, value) -> {
                if (AnswerHeaders.isAllowed(name, value)) {
                    headers.put(name, value);
                }
            });
        }
        boolean typed = headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase);
        if (!typed && !body.isEmpty()) {
            headers.put("Content-Type", RunAnswers.typeOf(body));
        }
        return new Reply(
                Objects.requireNonNullElse(answer.status(), 200), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Of all receipts whose answer depends on nothing else. */
    Reply settled(Receipt receipt, String requestId) {
        return switch (receipt) {
            case Receipt.Accepted taken -> atOnce(taken.runIds(), taken.batch(), null);
            case Receipt.Duplicate(var runIds, var batch, var eventId) -> atOnce(runIds, batch, null);
            case Receipt.Filtered filtered -> Reply.json(202, new CallAccepted(null, null, CallOutcome.FILTERED, null));
            case Receipt.Captured captured -> Reply.json(202, new CallAccepted(null, null, CallOutcome.CAPTURED, null));
            case Receipt.Handshake(var status, var headers, var body) ->
                new Reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
            case Receipt.NotHere nothing -> notHere(requestId);
            case Receipt.WrongAddress hidden -> notHere(requestId);
            case Receipt.MethodNotAllowed(var allowed) ->
                problem(ProblemType.METHOD_NOT_ALLOWED, "Use a method that the Allow header names.", requestId)
                        .with("Allow", String.join(", ", allowed));
            case Receipt.TooLarge(var max) ->
                problem(ProblemType.TOO_LARGE, "This endpoint takes bodies of up to " + max + " bytes.", requestId);
            case Receipt.TooSlow slow ->
                problem(ProblemType.REQUEST_TIMEOUT, "The body did not come in time. Send the call again.", requestId);
            case Receipt.WrongType(var detail) -> problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail, requestId);
            case Receipt.BadSignature bad ->
                problem(
                        ProblemType.BAD_SIGNATURE,
                        "The call's signature is missing or does not fit. Look at the secret on both sides.",
                        requestId);
            case Receipt.Malformed(var pointer, var detail) ->
                Reply.problem(
                        ProblemType.INVALID_FIELDS,
                        "The body cannot be taken: " + detail + ".",
                        requestId,
                        List.of(new FieldProblem(pointer, detail)));
            case Receipt.TooManyCalls(var after) ->
                problem(ProblemType.TOO_MANY_REQUESTS, "Call less often; Retry-After says when.", requestId)
                        .retryAfter(after);
            case Receipt.Unavailable(var reason, var after) ->
                problem(
                                ProblemType.UNAVAILABLE,
                                "The call could not be taken now. Send it again; Retry-After says when.",
                                requestId)
                        .retryAfter(after);
        };
    }

    private static Reply notHere(String requestId) {
        return problem(
                ProblemType.NOT_FOUND,
                "No webhook takes calls at this URL. Copy the URL from the integration.",
                requestId);
    }

    private static Reply problem(ProblemType type, String detail, String requestId) {
        return Reply.problem(type, detail, requestId, List.of());
    }
}
