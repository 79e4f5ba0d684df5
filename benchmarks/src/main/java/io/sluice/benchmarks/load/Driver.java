package io.sluice.benchmarks.load;

import io.sluice.benchmarks.measure.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Sends calls over kept connections, from one thread: on a small machine it competes with what it measures. */
public final class Driver implements AutoCloseable {

    /** Calls that wait for their answer at a time: senders are many, and none of them waits for another. */
    public static final int AT_ONCE = 256;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    /** The next call of a connection follows the answer to the one before. */
    public Outcome saturate(URI target, SignedCalls calls, Duration time) {
        return run(new Pass(vertx, target, calls, AT_ONCE, time), pass -> pass.saturate(AT_ONCE));
    }

    /** Calls at even distances, whatever becomes of them. */
    public Outcome steady(URI target, SignedCalls calls, Duration time, double rate) {
        return run(new Pass(vertx, target, calls, AT_ONCE, time), pass -> pass.steady(rate));
    }

    private Outcome run(Pass pass, Function<Pass, CompletableFuture<Outcome>> work) {
        CompletableFuture<Outcome> done = new CompletableFuture<>();
        vertx.runOnContext(ignored -> {
            try {
                var _ = work.apply(pass).thenAccept(done::complete);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        Waiting.until(done);
        return done.join();
    }

    @Override
    public void close() {
        Waiting.until(vertx.close().toCompletionStage().toCompletableFuture());
    }
}
