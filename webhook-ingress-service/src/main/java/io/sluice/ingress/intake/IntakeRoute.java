package io.sluice.ingress.intake;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.endpoint.EndpointCache;
import io.sluice.ingress.handshake.Handshakes;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What third parties call: {@link io.sluice.contract.webhook.WebhookCallsApi}, served on the event loop. The endpoint is
 * known before the body is read, so that its own limits hold while it is; see docs/decisions/0011.
 */
@Singleton
class IntakeRoute {

    private static final Logger LOG = Logger.getLogger(IntakeRoute.class);
    /** Enough for every sender's question whether the URL lives. */
    private static final int HANDSHAKE_BYTES = 16 * 1024;

    /** The framework's own limit is for the internal API, and its refusal is no problem document. */
    private static final int BEFORE_LIMIT = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;

    private static final byte[] NONE = {};

    private final EndpointCache endpoints;
    private final Handshakes handshakes;
    private final Reception reception;
    private final CallerAddress callers;
    private final Rim rim;

    /** What calls are bounded by. */
    @Singleton
    record Rim(
            Vertx vertx,
            Admission admission,
            CostlyCalls costly,
            IntakeConfig config,
            InstantSource clock,
            CallStatusReads statuses) {}

    IntakeRoute(EndpointCache endpoints, Handshakes handshakes, Reception reception, CallerAddress callers, Rim rim) {
        this.endpoints = endpoints;
        this.handshakes = handshakes;
        this.reception = reception;
        this.callers = callers;
        this.rim = rim;
    }

    void register(@Observes Router router) {
        router.route("/webhook/:token").order(BEFORE_LIMIT).handler(this::call);
        router.get("/webhook/:token/runs/:runId").order(BEFORE_LIMIT).handler(this::status);
        router.route("/webhook/*").failureHandler(IntakeRoute::broken);
    }

    /** Not by the framework's own handler: that writes the URL, and with it the token, into the log. */
    private static void broken(RoutingContext routing) {
        boolean theirs = routing.statusCode() >= 400 && routing.statusCode() < 500;
        if (theirs) {
            LOG.debugf(routing.failure(), "a call is no valid request");
        } else {
            LOG.error("a call could not be handled", routing.failure());
        }
        if (!routing.response().ended()) {
            routing.response()
                    .setStatusCode(theirs ? routing.statusCode() : 503)
                    .end();
        }
    }

    private void call(RoutingContext routing) {
        Exchange exchange = new Exchange(rim.vertx(), routing.request());
        if (!exchange.isOfKnownVersion()) {
            exchange.drop();
            return;
        }
        if (!exchange.isFramed()) {
            nowhere(exchange, new Receipt.Malformed("", "its Transfer-Encoding is not chunked"));
            return;
        }
        String token = routing.pathParam("token");
        exchange.then(
                endpoints.find(token),
                endpoint -> {
                    switch (endpoint) {
                        case Endpoint.Open open -> open(exchange, token, open);
                        case Endpoint.Unsupported(var why) ->
                            nowhere(exchange, new Receipt.Unavailable(why, Duration.ofSeconds(30)));
                        case Endpoint.Closed closed -> closed(exchange, token);
                    }
                },
                thrown -> failed(exchange, thrown));
    }

    /** How a run goes that was started at this very URL; told to those alone who may call it. */
    private void status(RoutingContext routing) {
        Exchange exchange = new Exchange(rim.vertx(), routing.request());
        @Nullable InetAddress caller = caller(exchange, exchange.headers());
        exchange.then(
                endpoints
                        .find(routing.pathParam("token"))
                        .thenCompose(endpoint -> rim.statuses()
                                .of(
                                        isLetIn(endpoint, caller) ? endpoint : new Endpoint.Closed(),
                                        routing.pathParam("runId"))),
                found -> found.ifPresentOrElse(
                        status -> exchange.reply(Reply.json(200, status)),
                        () -> nowhere(exchange, new Receipt.NotHere())),
                thrown -> failed(exchange, thrown));
    }

    private static boolean isLetIn(Endpoint endpoint, @Nullable InetAddress caller) {
        return endpoint instanceof Endpoint.Open open && open.rules().allowed().contain(caller);
    }

    private void nowhere(Exchange exchange, Receipt receipt) {
        exchange.reply(reception.nowhere(receipt, exchange.requestId()));
    }

    private void failed(Exchange exchange, Throwable thrown) {
        LOG.debugf(thrown, "a call could not be looked up");
        nowhere(exchange, new Receipt.Unavailable("the database is away", Duration.ofSeconds(5)));
    }

    /** Nothing takes calls here, but an endpoint that is switched off still answers its sender's handshakes. */
    private void closed(Exchange exchange, String token) {
        Map<String, List<String>> headers = exchange.headers();
        String method = exchange.request().method().name();
        if (!handshakes.mayBe(method, exchange.query(), headers) || exchange.announced() > HANDSHAKE_BYTES) {
            nowhere(exchange, new Receipt.NotHere());
            return;
        }
        Admission.Ticket place = rim.admission().enterAsStranger();
        if (place == null) {
            nowhere(exchange, Receipt.Unavailable.crowded());
            return;
        }
        exchange.holding(place);
        exchange.body(HANDSHAKE_BYTES, rim.config().handshakeTimeout(), place).onComplete(read -> {
            if (read.failed()) {
                unread(exchange, read.cause(), receipt -> nowhere(exchange, new Receipt.NotHere()));
                return;
            }
            IncomingCall call = call(
                    exchange, token, headers, read.result(), null, rim.clock().instant());
            Set<String> schemes = handshakes.candidates(call.signed());
            if (schemes.isEmpty()) {
                nowhere(exchange, new Receipt.NotHere());
                return;
            }
            exchange.then(
                    endpoints.find(token, schemes),
                    endpoint -> {
                        if (endpoint instanceof Endpoint.Open open) {
                            handle(exchange, open, call);
                        } else {
                            nowhere(exchange, new Receipt.NotHere());
                        }
                    },
                    thrown -> failed(exchange, thrown));
        });
    }

    private void open(Exchange exchange, String token, Endpoint.Open endpoint) {
        Map<String, List<String>> headers = exchange.headers();
        @Nullable InetAddress caller = caller(exchange, headers);
        @Nullable String sender = caller == null ? null : caller.getHostAddress();
        Instant now = rim.clock().instant();
        IncomingCall head = call(exchange, token, headers, NONE, sender, now);
        Optional<Receipt> refusal = reception.refusal(endpoint, caller).or(() -> unreadable(exchange, endpoint, head));
        if (refusal.isPresent()) {
            refuse(exchange, endpoint, head, refusal.get());
            return;
        }
        Admission.Ticket place = rim.admission().enter(endpoint.integrationId());
        if (place == null) {
            refuse(exchange, endpoint, head, Receipt.Unavailable.crowded());
            return;
        }
        exchange.holding(place);
        exchange.body(most(endpoint), rim.config().bodyTimeout(), place).onComplete(read -> {
            if (read.succeeded()) {
                handle(exchange, endpoint, call(exchange, token, headers, read.result(), sender, now));
            } else {
                unread(exchange, read.cause(), receipt -> refuse(exchange, endpoint, head, receipt));
            }
        });
    }

    /** What can be said without the body; a handshake may come by another method than the endpoint's. */
    private Optional<Receipt> unreadable(Exchange exchange, Endpoint.Open endpoint, IncomingCall head) {
        if (exchange.announced() > most(endpoint)) {
            return Optional.of(new Receipt.TooLarge(most(endpoint)));
        }
        if (!endpoint.webhook().methods().contains(head.method())
                && !handshakes.mayBe(head.method(), head.query(), head.headers())) {
            return Optional.of(new Receipt.MethodNotAllowed(endpoint.webhook().methods()));
        }
        return Optional.empty();
    }

    private long most(Endpoint.Open endpoint) {
        return Math.min(
                endpoint.webhook().maxBodyBytes(), rim.config().maxBody().asLongValue());
    }

    private void handle(Exchange exchange, Endpoint.Open endpoint, IncomingCall call) {
        String requestId = exchange.requestId();
        if (!rim.costly().offer(reception.cost(endpoint, call), () -> answer(exchange, endpoint, call, requestId))) {
            refuse(exchange, endpoint, call, Receipt.Unavailable.crowded());
        }
    }

    private void answer(Exchange exchange, Endpoint.Open endpoint, IncomingCall call, String requestId) {
        exchange.then(
                reception.handle(endpoint, call, requestId, exchange.room(), exchange::release),
                exchange::reply,
                thrown -> {
                    LOG.error("a call could not be answered", thrown);
                    nowhere(exchange, new Receipt.Unavailable("an error of ours", Duration.ofSeconds(30)));
                });
    }

    private void refuse(Exchange exchange, Endpoint.Open endpoint, IncomingCall head, Receipt receipt) {
        exchange.reply(reception.refused(endpoint, head, receipt, exchange.requestId()));
    }

    private static void unread(Exchange exchange, Throwable cause, java.util.function.Consumer<Receipt> refused) {
        if (cause instanceof Exchange.Refused refusal) {
            refused.accept(refusal.receipt());
        } else {
            exchange.drop();
        }
    }

    private @Nullable InetAddress caller(Exchange exchange, Map<String, List<String>> headers) {
        return callers.of(peer(exchange), headers.getOrDefault(callers.headerName(), List.of()));
    }

    private static @Nullable InetAddress peer(Exchange exchange) {
        return exchange.request().connection().remoteAddress() instanceof io.vertx.core.net.SocketAddress address
                        && address.host() != null
                        && address.port() >= 0
                ? new InetSocketAddress(address.hostAddress(), address.port()).getAddress()
                : null;
    }

    private IncomingCall call(
            Exchange exchange,
            String token,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable String sender,
            Instant now) {
        String query = exchange.query();
        String url = rim.config().baseUrl() + "/webhook/" + token + (query.isEmpty() ? "" : "?" + query);
        return new IncomingCall(exchange.request().method().name(), url, query, headers, body, sender, now);
    }
}
