package io.sluice.ingress.intake;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One HTTP call while it is answered, on its connection's event loop. */
final class Exchange {

    /** What a caller may still send after its call was refused, before the connection is cut. */
    private static final long LINGER_BYTES = 64 * 1024;

    /** What is set aside for a body before any of it has come: an announcement costs its caller nothing. */
    private static final long FIRST_BYTES = 16 * 1024;

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final String REQUEST_ID = "X-Request-Id";
    private static final int LONGEST_NUMBER = 18;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerRequest request;
    private Admission.@Nullable Ticket ticket;

    Exchange(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.request = request;
        // Nothing of the body is read until it is known what it may be.
        request.pause();
    }

    HttpServerRequest request() {
        return request;
    }

    /** Held until the answer is out. */
    void holding(Admission.Ticket place) {
        ticket = place;
    }

    /** Goes on here when a stage is over, whoever completes it. */
    <T> void then(CompletionStage<T> stage, Consumer<T> next, Consumer<Throwable> failed) {
        stage.whenComplete((value, thrown) -> {
            if (context.equals(Vertx.currentContext())) {
                go(value, thrown, next, failed);
            } else {
                context.runOnContext(nothing -> go(value, thrown, next, failed));
            }
        });
    }

    private <T> void go(T value, @Nullable Throwable thrown, Consumer<T> next, Consumer<Throwable> failed) {
        if (thrown != null) {
            failed.accept(thrown);
            return;
        }
        try {
            next.accept(value);
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers()
                .forEach((name, value) -> headers.computeIfAbsent(
                                name.toLowerCase(Locale.ROOT), key -> new ArrayList<>(1))
                        .add(value));
        return headers;
    }

    String query() {
        return request.query() == null ? "" : request.query();
    }

    /** The caller's own id where it sent a sane one, so that both logs can be joined. */
    String requestId() {
        String sent = request.getHeader(REQUEST_ID);
        return sent != null && sent.matches("[A-Za-z0-9_.-]{1,64}")
                ? sent
                : UUID.randomUUID().toString();
    }

    /** Bytes that the caller announces; -1 when it does not. */
    long announced() {
        String length = request.getHeader("Content-Length");
        if (length == null || !length.matches("\\d+")) {
            return -1;
        }
        // More than a number holds is more than anybody takes, and not nothing.
        return length.length() > LONGEST_NUMBER ? Long.MAX_VALUE : Long.parseLong(length);
    }

    /** HTTP 1.0, 1.1 or 2; Vert.x would answer any other in its own version. */
    boolean isOfKnownVersion() {
        return request.version() != null;
    }

    /** Whether all readers see its end at the same place: a coding that is not known here may hide another call. */
    boolean isFramed() {
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        return codings.isEmpty()
                || (codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked"));
    }

    /** HTTP/2 says it by the end of the stream alone. */
    private boolean hasBody() {
        if (request.version() == HttpVersion.HTTP_2) {
            return !request.isEnded();
        }
        return request.getHeader("Transfer-Encoding") != null || announced() > 0;
    }

    /** How a body was not got. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Receipt receipt;

        Refused(Receipt receipt) {
            super(null, null, false, false);
            this.receipt = receipt;
        }

        Receipt receipt() {
            return receipt;
        }
    }

    /** The caller went away before its call was whole. */
    static final class Gone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Gone() {
            super(null, null, false, false);
        }
    }

    /**
     * Reads the body, and stops where it becomes too much, too slow, or more than there is memory for.
     *
     * @return fails with {@link Refused}, or {@link Gone} when nobody is there to be answered
     */
    Future<byte[]> body(long most, Duration within, Admission.Ticket place) {
        Promise<byte[]> promise = Promise.promise();
        if (!hasBody()) {
            request.resume();
            return Future.succeededFuture(new byte[0]);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        Buffer body = Buffer.buffer((int) Math.clamp(Math.min(announced(), most), 256, FIRST_BYTES));
        long timer = vertx.setTimer(within.toMillis(), id -> promise.tryFail(new Refused(new Receipt.TooSlow())));
        request.handler(chunk -> {
            if (promise.future().isComplete()) {
                return;
            }
            if (body.length() + (long) chunk.length() > most) {
                promise.tryFail(new Refused(new Receipt.TooLarge(most)));
            } else if (place.take(chunk.length())) {
                body.appendBuffer(chunk);
            } else {
                promise.tryFail(new Refused(Receipt.Unavailable.crowded()));
            }
        });
        request.endHandler(nothing -> promise.tryComplete(body.getBytes()));
        request.exceptionHandler(thrown -> promise.tryFail(new Gone()));
        request.resume();
        return promise.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            // They hold the buffer, and the request holds them for as long as the answer waits for the run.
            request.handler(null);
            request.endHandler(null);
            request.exceptionHandler(null);
        });
    }

    void reply(Reply reply) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            release();
            return;
        }
        response.setStatusCode(reply.status());
        reply.headers().forEach(response::putHeader);
        if (!request.isEnded() && hasBody()) {
            linger(response);
        }
        boolean last = !isFramed();
        if (last) {
            response.putHeader("Connection", "close");
        }
        response.end(Buffer.buffer(reply.body())).onComplete(done -> {
            release();
            if (last) {
                cut();
            }
        });
    }

    /** Nobody waits for an answer. */
    void drop() {
        release();
        cut();
    }

    /** Where it finds memory, from {@link #holding} on. */
    Room room() {
        return Objects.requireNonNull(ticket);
    }

    /** Its place is free for another call. Twice is once. */
    void release() {
        Admission.Ticket held = ticket;
        if (held != null) {
            held.close();
        }
    }

    /** A little that is still on its way is thrown away, so that the caller can read the answer; much is cut off. */
    private void linger(HttpServerResponse response) {
        long announced = announced();
        request.handler(chunk -> {});
        request.exceptionHandler(thrown -> {});
        request.resume();
        if ((announced < 0 || announced > LINGER_BYTES) && request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        // Also when little was announced: it may never come, and the connection would be kept for it.
        vertx.setTimer(LINGER.toMillis(), id -> {
            if (!request.isEnded()) {
                cut();
            }
        });
    }

    private void cut() {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }
}
