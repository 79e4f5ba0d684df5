package io.sluice.run.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange by Vert.x' client, to the very address that the guard has checked while SNI, host verification and
 * the Host header keep the name. Never follows redirects, and never sends a request again: what a target may have
 * received is not repeated behind the flow's back.
 */
public final class VertxExchange {

    private final AddressGuard guard;
    private final OutboundLimits limits;
    private final Resolver resolver;
    private final HttpClients clients;
    private final BodyBudget budget;

    public VertxExchange(Vertx vertx, AddressGuard guard, OutboundLimits limits) {
        this(vertx, guard, limits, Resolver.of(vertx), null);
    }

    /** @param trust whom to trust, or null for the JDK's list */
    VertxExchange(
            Vertx vertx, AddressGuard guard, OutboundLimits limits, Resolver resolver, @Nullable TrustOptions trust) {
        this.guard = guard;
        this.limits = limits;
        this.resolver = resolver;
        this.clients = HttpClients.of(vertx, limits, trust);
        this.budget = new BodyBudget(limits.bodiesInFlight());
    }

    /**
     * @param headers names in small letters
     * @param share the bytes that the bodies hold; whoever has the answer closes it
     */
    record Received(int status, Map<String, String> headers, byte[] body, BodyBudget.Share share) {}

    BodyBudget budget() {
        return budget;
    }

    /**
     * @throws HttpFailure when no answer came
     * @throws CancellationException when the thread was interrupted
     */
    Received exchange(HttpCall call, URI uri) {
        long begun = System.nanoTime();
        BodyBudget.Share share =
                call.caller().ahead() ? budget.ahead() : budget.share(call.body() == null ? 0 : call.body().length);
        boolean answered = false;
        try {
            awaitMemory(share, call.timeout());
            Pending pending = new Pending();
            Future<Received> answer =
                    address(uri.getHost()).compose(address -> send(call, uri, address, pending, share));
            Received received =
                    await(answer, call.timeout().minusNanos(System.nanoTime() - begun), call.timeout(), pending);
            answered = true;
            return received;
        } finally {
            if (!answered) {
                share.close();
            }
        }
    }

    private static void awaitMemory(BodyBudget.Share share, Duration time) {
        try {
            share.granted().get(Math.max(1, time.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new HttpFailure(
                    HttpFailure.Reason.NO_ROOM,
                    "other calls' bodies left no memory for this one within " + time,
                    null,
                    e);
        } catch (InterruptedException e) {
            throw cancelled(e);
        }
    }

    private Future<InetAddress> address(String host) {
        guard.checkName(host);
        InetAddress literal = Cidr.literal(host);
        return literal != null
                ? Future.succeededFuture(literal)
                : resolver.resolve(host)
                        .recover(e -> Future.failedFuture(new HttpFailure(
                                HttpFailure.Reason.COMMUNICATION,
                                "the name " + host + " cannot be resolved",
                                null,
                                e)));
    }

    private Future<Received> send(
            HttpCall call, URI uri, InetAddress address, Pending pending, BodyBudget.Share share) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        guard.check(uri.getHost(), address, port);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(nameless(address), port)))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(tls)
                .setFollowRedirects(false)
                .setIdleTimeout(limits.readTimeout().toMillis())
                .setURI(pathAndQuery(uri));
        return (tls ? clients.tls() : clients.plain()).request(options).compose(request -> {
            if (!pending.begins(request)) {
                request.reset();
                return Future.failedFuture("it was given up before it was sent");
            }
            addHeaders(request, call);
            return (call.body() == null ? request.send() : request.send(Buffer.buffer(call.body())))
                    .compose(response -> read(response, share));
        });
    }

    /** With its name, all addresses of a name would be one to the pool, which connects to the first that it saw. */
    private static InetAddress nameless(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has a legal length", e);
        }
    }

    /** The one place where headers are put on the wire. */
    private static void addHeaders(HttpClientRequest request, HttpCall call) {
        call.headers().forEach((name, value) -> {
            if (Headers.isSent(name)) {
                request.putHeader(name, value);
            }
        });
    }

    private Future<Received> read(HttpClientResponse response, BodyBudget.Share share) {
        return ResponseBody.of(response, share, limits)
                .map(body -> new Received(
                        response.statusCode(),
                        Headers.lowerCased(response.headers().entries()),
                        body,
                        share));
    }

    private Received await(Future<Received> answer, Duration left, Duration time, Pending pending) {
        CompletableFuture<Received> future = answer.toCompletionStage().toCompletableFuture();
        try {
            return future.get(Math.max(1, left.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.abandon();
            throw new HttpFailure(HttpFailure.Reason.TIMEOUT, "no full answer within " + time, null, e);
        } catch (InterruptedException e) {
            pending.abandon();
            throw cancelled(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpFailure failure) {
                throw failure;
            }
            pending.abandon();
            throw failure(e.getCause());
        }
    }

    private HttpFailure failure(@Nullable Throwable cause) {
        // Not Vert.x' own words: they have the URL, and with it perhaps a key.
        return cause instanceof TimeoutException
                ? new HttpFailure(HttpFailure.Reason.TIMEOUT, "nothing came for " + limits.readTimeout(), null, cause)
                : new HttpFailure(HttpFailure.Reason.COMMUNICATION, "the call failed: " + reason(cause), null, cause);
    }

    private static CancellationException cancelled(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (CancellationException) new CancellationException("interrupted").initCause(e);
    }

    /** A call on its way. One that is given up while it waits for a connection must not be sent afterwards. */
    private static final class Pending {
        private @Nullable HttpClientRequest request;
        private boolean abandoned;

        /** @return false when the call was given up meanwhile */
        synchronized boolean begins(HttpClientRequest begun) {
            request = begun;
            return !abandoned;
        }

        synchronized void abandon() {
            abandoned = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    private static String reason(@Nullable Throwable cause) {
        return cause == null
                ? "unknown"
                : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
