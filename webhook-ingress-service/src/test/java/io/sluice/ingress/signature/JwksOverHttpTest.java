package io.sluice.ingress.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.run.http.AddressGuard;
import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.OutboundLimits;
import io.sluice.run.http.VertxExchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys go through the engine's guarded way out. */
class JwksOverHttpTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer issuer = issuer();
    private final String url = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys";

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void issuerAtAPrivateAddressIsNotAsked() {
        assertThat(keys().find(url, "rsa")).isInstanceOf(IssuerKeys.Found.Unavailable.class);
        assertThat(keys().find("http://localhost:" + issuer.getAddress().getPort() + "/keys", "rsa"))
                .isInstanceOf(IssuerKeys.Found.Unavailable.class);
        assertThat(keys().find("file:///etc/passwd", "rsa")).isInstanceOf(IssuerKeys.Found.Unavailable.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void issuerThatTheDeploymentAllowsIsAskedOnce() {
        JwksKeys keys = keys("127.0.0.1:" + issuer.getAddress().getPort());

        assertThat(keys.find(url, "rsa")).isInstanceOf(IssuerKeys.Found.Keys.class);
        assertThat(keys.find(url, "rsa")).isInstanceOf(IssuerKeys.Found.Keys.class);
        assertThat(asked).hasValue(1);
    }

    private static JwksKeys keys(String... allowed) {
        OutboundLimits limits = new OutboundLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 1_000_000, 10_000_000);
        GuardedHttp http = new GuardedHttp(
                new VertxExchange(VERTX, new AddressGuard(List.of(allowed)), limits), InstantSource.system());
        return new JwksKeys(http, InstantSource.fixed(Vectors.NOW));
    }

    private HttpServer issuer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> {
                asked.incrementAndGet();
                byte[] body = JwtVerifierTest.published().getBytes(UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
