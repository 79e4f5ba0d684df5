package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.RunStatus;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Json;
import io.sluice.run.step.RunStopped;
import io.sluice.run.store.RunOutcomes;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait for their run, whichever replica executes it: the database is asked for all that wait at once, as
 * often as a caller could notice.
 */
@Singleton
public class RunAnswers {

    private static final Logger LOG = Logger.getLogger(RunAnswers.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final RunOutcomes reads;
    private final Filters filters;
    private final IntakeConfig config;
    private final ConcurrentHashMap<UUID, ConcurrentLinkedQueue<Waiting>> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable Thread thread;

    RunAnswers(RunOutcomes reads, Filters filters, IntakeConfig config) {
        this.reads = reads;
        this.filters = filters;
        this.config = config;
    }

    private record Waiting(
            Endpoint.Open endpoint, String requestId, long until, CompletableFuture<Optional<Reply>> reply) {}

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("intake-answers").daemon().start(this::look);
    }

    void stop(@Observes ShutdownEvent event) {
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
        }
    }

    /** Empty when the run has not ended in time, or too many wait already. */
    CompletableFuture<Optional<Reply>> await(Endpoint.Open endpoint, UUID runId, Duration within, String requestId) {
        if (waiting.size() >= config.waitingAnswers()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<Reply>> reply = new CompletableFuture<>();
        Waiting one = new Waiting(endpoint, requestId, System.nanoTime() + within.toNanos(), reply);
        waiting.compute(runId, (id, others) -> {
            ConcurrentLinkedQueue<Waiting> all = others == null ? new ConcurrentLinkedQueue<>() : others;
            all.add(one);
            return all;
        });
        LockSupport.unpark(thread);
        return reply;
    }

    private void look() {
        while (!Thread.currentThread().isInterrupted()) {
            if (waiting.isEmpty()) {
                LockSupport.park(this);
            } else {
                tried(() -> reads.ended(List.copyOf(waiting.keySet())).forEach(this::ended));
                tried(this::giveUp);
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
        // The service stops: they are told where to ask, rather than nothing.
        waiting.values().forEach(all -> all.forEach(one -> one.reply().complete(Optional.empty())));
    }

    /** Whatever happens: without this thread nobody is answered any more. */
    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.debugf(e, "runs that callers wait for cannot be seen now");
        }
    }

    private void ended(RunOutcomes.Ended run) {
        ConcurrentLinkedQueue<Waiting> all = waiting.remove(run.id());
        if (all != null) {
            try {
                // An owner's expression must not keep the others waiting.
                Thread.ofVirtual().name("intake-answer").start(() -> all.forEach(one -> answer(one, run)));
            } catch (RuntimeException | Error e) {
                LOG.warnf(e, "there is no thread for the answer of run %s", run.id());
                all.forEach(one -> one.reply().complete(Optional.of(unmade(run, one.requestId()))));
            }
        }
    }

    /** Nobody asks for this run again: whatever happens, the caller gets an answer here. */
    private void answer(Waiting one, RunOutcomes.Ended run) {
        try {
            one.reply().complete(Optional.of(reply(one.endpoint(), run, one.requestId())));
        } catch (RuntimeException | Error e) {
            LOG.warnf(e, "the answer of run %s could not be made", run.id());
            one.reply().complete(Optional.of(unmade(run, one.requestId())));
        }
    }

    private static Reply unmade(RunOutcomes.Ended run, String requestId) {
        return Reply.problem(
                ProblemType.RUN_FAILED,
                "Run " + run.id() + " has ended, and its answer could not be made.",
                requestId,
                List.of());
    }

    private void giveUp() {
        long now = System.nanoTime();
        waiting.forEach((runId, all) -> {
            all.removeIf(one -> {
                boolean over = one.until() - now <= 0;
                if (over) {
                    one.reply().complete(Optional.empty());
                }
                return over;
            });
            waiting.computeIfPresent(runId, (id, rest) -> rest.isEmpty() ? null : rest);
        });
    }

    private Reply reply(Endpoint.Open endpoint, RunOutcomes.Ended run, String requestId) {
        Optional<Expression> response = endpoint.rules().response();
        if (response.isPresent()) {
            try {
                return shaped(Json.tree(filters.evaluate(response.get(), input(run))));
            } catch (ExpressionException | RunStopped e) {
                LOG.debugf("the answer of run %s could not be made: %s", run.id(), e.getMessage());
                return unmade(run, requestId);
            }
        }
        if (run.status() != RunStatus.SUCCEEDED) {
            return Reply.problem(
                    ProblemType.RUN_FAILED,
                    "Run " + run.id() + " is " + run.status().wireName() + ". Its owner can see why.",
                    requestId,
                    List.of());
        }
        JsonNode output = run.output();
        return output == null || output.isNull() ? new Reply(204, Map.of(), new byte[0]) : Reply.json(200, output);
    }

    private static ObjectNode input(RunOutcomes.Ended run) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        ObjectNode about = input.putObject("run");
        about.put("id", run.id().toString());
        about.put("status", run.status().wireName());
        about.set("error", run.error());
        input.set("output", run.output());
        input.set("event", run.event());
        return input;
    }

    /** An object with a status and nothing but an answer's parts is the answer; anything else is its body. */
    private static Reply shaped(JsonNode result) {
        boolean isAnswer = result.path("status").isInt()
                && result.path("status").asInt() >= 200
                && result.path("status").asInt() <= 599
                && result.propertyStream()
                        .map(Map.Entry::getKey)
                        .allMatch(name -> List.of("status", "headers", "body").contains(name));
        if (!isAnswer) {
            return result.isNull() ? new Reply(204, Map.of(), new byte[0]) : Reply.json(200, result);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        result.path("headers").properties().forEach(header -> {
            if (AnswerHeaders.isAllowed(header.getKey(), header.getValue().asText())) {
                headers.put(header.getKey(), header.getValue().asText());
            }
        });
        JsonNode body = result.path("body");
        String text = body.isMissingNode() || body.isNull() ? "" : body.isTextual() ? body.asText() : body.toString();
        if (!text.isEmpty() && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            headers.put("Content-Type", body.isTextual() ? "text/plain; charset=utf-8" : "application/json");
        }
        return new Reply(result.path("status").asInt(), headers, text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON where it is, else text: never HTML, which would act in our name. */
    static String typeOf(String body) {
        try {
            return Json.parse(body).isMissingNode() ? "text/plain; charset=utf-8" : "application/json";
        } catch (IllegalArgumentException e) {
            return "text/plain; charset=utf-8";
        }
    }
}
