package io.sluice.run.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange by Vert.x' client, to the very address that the guard has checked while SNI, host verification and
 * the Host header keep the name. Never follows redirects.
 */
public final class VertxExchange {

    /** Headers that belong to one hop (RFC 9110 §7.6.1), or that the client sets itself. */
    private static final Set<String> NOT_SENT = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length");

    private final Vertx vertx;
    private final AddressGuard guard;
    private final OutboundLimits limits;
    private final HttpClient client;

    public VertxExchange(Vertx vertx, AddressGuard guard, OutboundLimits limits) {
        this.vertx = vertx;
        this.guard = guard;
        this.limits = limits;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) limits.connectTimeout().toMillis())
                .setReadIdleTimeout((int) Math.max(1, limits.readTimeout().toSeconds()))
                .setForceSni(true)
                .setMaxPoolSize(64)
                .setMaxWaitQueueSize(10_000)
                .setDecompressionSupported(true)
                .setMaxHeaderSize(64 * 1024)
                .setKeepAliveTimeout(20));
    }

    /** @param headers names in small letters */
    record Received(int status, Map<String, String> headers, byte[] body) {}

    /**
     * @throws HttpFailure when no answer came
     * @throws CancellationException when the thread was interrupted
     */
    Received exchange(HttpCall call, URI uri) {
        Pending pending = new Pending();
        Future<Received> answer = address(uri.getHost()).compose(address -> send(call, uri, address, pending));
        return await(answer, call, pending);
    }

    private Future<InetAddress> address(String host) {
        guard.checkName(host);
        InetAddress literal = Cidr.literal(host);
        if (literal != null) {
            return Future.succeededFuture(literal);
        }
        // Vert.x' own resolver: the JDK's would block the carrier of the virtual thread.
        Promise<InetAddress> resolved = Promise.promise();
        ((VertxInternal) vertx).resolveAddress(host, resolved);
        return resolved.future()
                .recover(e -> Future.failedFuture(new HttpFailure(
                        HttpFailure.Reason.COMMUNICATION, "the name " + host + " cannot be resolved", null, e)));
    }

    private Future<Received> send(HttpCall call, URI uri, InetAddress address, Pending pending) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        guard.check(uri.getHost(), address, port);
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(tls)
                .setFollowRedirects(false)
                .setURI(pathAndQuery(uri));
        return client.request(options).compose(request -> {
            if (!pending.begins(request)) {
                request.reset();
                return Future.failedFuture("it was given up before it was sent");
            }
            call.headers().forEach((name, value) -> {
                if (!NOT_SENT.contains(name.toLowerCase(Locale.ROOT))) {
                    request.putHeader(name, value);
                }
            });
            // Read on the event loop, here: a listener that the caller adds later may find the response over already.
            return (call.body() == null ? request.send() : request.send(Buffer.buffer(call.body())))
                    .compose(this::read);
        });
    }

    private Future<Received> read(HttpClientResponse response) {
        Promise<Received> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.handler(chunk -> {
            if (body.length() + chunk.length() > limits.maxResponseBytes()) {
                promise.tryFail(new HttpFailure(
                        HttpFailure.Reason.TOO_LARGE,
                        "the response is larger than " + limits.maxResponseBytes() + " bytes"));
                response.request().reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.endHandler(end -> promise.tryComplete(new Received(
                response.statusCode(), GuardedHttp.lowerCased(response.headers().entries()), body.getBytes())));
        return promise.future();
    }

    private Received await(Future<Received> answer, HttpCall call, Pending pending) {
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(Math.max(1, call.timeout().toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            pending.abandon();
            throw new HttpFailure(HttpFailure.Reason.TIMEOUT, "no full answer within " + call.timeout(), null, e);
        } catch (InterruptedException e) {
            pending.abandon();
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpFailure failure) {
                throw failure;
            }
            pending.abandon();
            throw new HttpFailure(
                    HttpFailure.Reason.COMMUNICATION, "the call failed: " + reason(e.getCause()), null, e.getCause());
        }
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
