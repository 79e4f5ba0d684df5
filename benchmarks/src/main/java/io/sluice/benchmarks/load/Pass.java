package io.sluice.benchmarks.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One phase of calls. All of it happens on one event loop, so nothing is shared. */
final class Pass {

    /** How long answers may come after the last call was due. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final HttpClient client;
    private final URI target;
    private final SignedCalls calls;
    private final Duration time;
    private final Outcome outcome;
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private long start;
    private int sent;
    private int open;

    Pass(Vertx vertx, URI target, SignedCalls calls, int connections, Duration time) {
        this.vertx = vertx;
        this.target = target;
        this.calls = calls;
        this.time = time;
        this.outcome = new Outcome(time);
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setPipelining(false),
                new PoolOptions().setHttp1MaxSize(connections).setMaxWaitQueueSize(-1));
    }

    CompletableFuture<Outcome> saturate(int atOnce) {
        begin();
        for (int i = 0; i < atOnce; i++) {
            again();
        }
        return done;
    }

    private void again() {
        if (!over()) {
            send(System.nanoTime(), this::again);
        }
    }

    /** Each call has its moment; one that is sent late is counted as if it had waited since then. */
    CompletableFuture<Outcome> steady(double rate) {
        begin();
        int all = (int) (rate * time.toNanos() / 1e9);
        vertx.setPeriodic(1, timer -> {
            long due = Math.min(all, (long) ((System.nanoTime() - start) / 1e9 * rate));
            while (sent < due) {
                send(start + (long) (sent / rate * 1e9), () -> {});
            }
            if (sent == all) {
                vertx.cancelTimer(timer);
            }
        });
        return done;
    }

    private void begin() {
        start = System.nanoTime();
        vertx.setPeriodic(5, timer -> {
            boolean patient = System.nanoTime() - start < time.plus(PATIENCE).toNanos();
            if (over() && (open == 0 || !patient) && vertx.cancelTimer(timer)) {
                for (; open > 0; open--) {
                    outcome.unanswered();
                }
                done.complete(outcome);
                client.close();
            }
        });
    }

    private boolean over() {
        return System.nanoTime() - start >= time.toNanos();
    }

    private void send(long due, Runnable then) {
        int number = sent++;
        open++;
        SignedCalls.Call call = calls.call(number);
        client.request(HttpMethod.POST, target.getPort(), target.getHost(), call.path())
                .compose(request -> request.putHeader("Content-Type", "application/json")
                        .putHeader(SignedCalls.ID_HEADER, call.eventId())
                        .putHeader(SignedCalls.SIGNATURE_HEADER, call.signature())
                        .send(call.body()))
                .compose(Pass::status)
                .onComplete(answer -> {
                    if (done.isDone()) {
                        return;
                    }
                    open--;
                    if (answer.succeeded()) {
                        outcome.answered(number, answer.result(), System.nanoTime() - due, !over());
                    } else {
                        outcome.unanswered();
                    }
                    then.run();
                });
    }

    /** An answer has come when its body has. */
    private static io.vertx.core.Future<Integer> status(HttpClientResponse response) {
        return response.end().map(response.statusCode());
    }
}
