package io.sluice.run.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;

/** Collects the body of one response on its event loop, as far as limits and memory allow. */
final class ResponseBody {

    private final HttpClientResponse response;
    private final BodyBudget.Share share;
    private final OutboundLimits limits;
    private final Promise<byte[]> promise = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private final Context context = requireNonNull(Vertx.currentContext());
    private long heard = System.nanoTime();
    private boolean grown;
    private boolean waiting;

    private ResponseBody(HttpClientResponse response, BodyBudget.Share share, OutboundLimits limits) {
        this.response = response;
        this.share = share;
        this.limits = limits;
    }

    /** Call it on the event loop: a listener that is added later may find the response over already. */
    static Future<byte[]> of(HttpClientResponse response, BodyBudget.Share share, OutboundLimits limits) {
        ResponseBody reading = new ResponseBody(response, share, limits);
        response.exceptionHandler(reading.promise::tryFail);
        response.handler(reading::add);
        response.endHandler(end -> reading.promise.tryComplete(reading.body.getBytes()));
        reading.watch(limits.readTimeout());
        return reading.promise.future();
    }

    /** Vert.x' own idle timeout ends with the response's head. */
    private void watch(Duration time) {
        long timer = context.owner().setTimer(Math.max(1, time.toMillis()), fired -> listen());
        promise.future().onComplete(over -> context.owner().cancelTimer(timer));
    }

    private void listen() {
        Duration left = limits.readTimeout().minusNanos(System.nanoTime() - heard);
        if (promise.future().isComplete()) {
            return;
        }
        if (waiting || left.isPositive()) {
            // Who waits for memory is not silent; the call's own time still ends it.
            watch(waiting ? limits.readTimeout() : left);
        } else {
            promise.tryFail(new HttpFailure(HttpFailure.Reason.TIMEOUT, "nothing came for " + limits.readTimeout()));
            response.request().reset();
        }
    }

    private void add(Buffer chunk) {
        heard = System.nanoTime();
        int size = body.length() + chunk.length();
        if (size > limits.maxResponseBytes()) {
            tooLarge();
            return;
        }
        body.appendBuffer(chunk);
        if (size > BodyBudget.BEGINNING && !grown) {
            grown = true;
            grow();
        }
    }

    private void grow() {
        long stated = stated();
        if (stated > limits.maxResponseBytes()) {
            tooLarge();
        } else {
            response.pause();
            waiting = true;
            long wanted = stated > 0 ? stated : limits.maxResponseBytes();
            Future.fromCompletionStage(share.grow(wanted), context).onSuccess(granted -> goOn());
        }
    }

    private void goOn() {
        waiting = false;
        heard = System.nanoTime();
        response.resume();
    }

    /** What the target says the body has, or 0; absent where it is compressed. */
    private long stated() {
        String length = response.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,15}") ? Long.parseLong(length) : 0;
    }

    private void tooLarge() {
        promise.tryFail(new HttpFailure(
                HttpFailure.Reason.TOO_LARGE, "the response is larger than " + limits.maxResponseBytes() + " bytes"));
        response.request().reset();
    }
}
