package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.testsupport.Certificates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TlsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String NAME = "shop.example";
    private static final int MAX_RESPONSE = 1_000_000;
    private static PfxOptions identity = new PfxOptions();

    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();

    private record Seen(
            HttpVersion version,
            @Nullable String serverName,
            @Nullable String authority,
            String body) {}

    @BeforeAll
    static void makeCertificate() throws Exception {
        identity = Certificates.of(NAME);
    }

    @AfterEach
    void stopServers() throws Exception {
        for (HttpServer server : servers) {
            done(server.close());
        }
    }

    @AfterAll
    static void stop() throws Exception {
        done(VERTX.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private int serve(boolean alpn, HttpVersion... versions) throws Exception {
        HttpServer server = VERTX.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setUseAlpn(alpn)
                        .setAlpnVersions(List.of(versions))
                        .setKeyCertOptions(identity))
                .requestHandler(this::answer);
        servers.add(server);
        return done(server.listen(0, "127.0.0.1")).actualPort();
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            seen.add(new Seen(
                    request.version(),
                    request.connection().indicatedServerName(),
                    String.valueOf(request.authority()),
                    body.toString(StandardCharsets.UTF_8)));
            int size = request.path().startsWith("/large")
                    ? Integer.parseInt(request.path().substring(6))
                    : 2;
            request.response().putHeader("X-Mixed", "Case").end(Buffer.buffer("x".repeat(size)));
        });
    }

    private static GuardedHttp http(@Nullable PfxOptions trusted, long memory) throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        OutboundLimits limits =
                new OutboundLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), MAX_RESPONSE, memory);
        return new GuardedHttp(
                new VertxExchange(
                        VERTX,
                        new AddressGuard(List.of("127.0.0.1")),
                        limits,
                        name -> Future.succeededFuture(loopback),
                        trusted),
                InstantSource.system());
    }

    private static HttpCall call(String name, int port, String path) {
        return new HttpCall(
                "POST",
                "https://" + name + ":" + port + path,
                Map.of("X-Mine", "1", "Connection", "close"),
                "hi".getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void versionIsTheOneThatTheTargetAgreesTo(HttpVersion version) throws Exception {
        int port = serve(true, version);

        HttpAnswer answer = http(identity, 10_000_000).send(call(NAME, port, "/"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("x-mixed", "Case");
        assertThat(seen).containsExactly(new Seen(version, NAME, NAME + ":" + port, "hi"));
    }

    @Test
    void newestVersionIsPreferred() throws Exception {
        int port = serve(true, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);

        http(identity, 10_000_000).send(call(NAME, port, "/"));

        assertThat(seen).extracting(Seen::version).containsExactly(HttpVersion.HTTP_2);
    }

    @Test
    void targetThatKnowsNoNegotiationIsSpokenToAsBefore() throws Exception {
        int port = serve(false, HttpVersion.HTTP_1_1);

        http(identity, 10_000_000).send(call(NAME, port, "/"));

        assertThat(seen).extracting(Seen::version).containsExactly(HttpVersion.HTTP_1_1);
    }

    @Test
    void certificateOfAnotherNameIsRefused() throws Exception {
        int port = serve(true, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
        GuardedHttp http = http(identity, 10_000_000);

        HttpFailure failure =
                catchThrowableOfType(HttpFailure.class, () -> http.send(call("other.example", port, "/")));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
        assertThat(seen).isEmpty();
    }

    @Test
    void certificateThatNobodyVouchesForIsRefused() throws Exception {
        int port = serve(true, HttpVersion.HTTP_2, HttpVersion.HTTP_1_1);
        GuardedHttp http = http(null, 10_000_000);

        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> http.send(call(NAME, port, "/")));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.COMMUNICATION);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void largeResponsesShareTheMemoryAndAllArrive(HttpVersion version) throws Exception {
        int port = serve(true, version);
        // Memory for two large responses at most.
        GuardedHttp http = http(identity, 4L * MAX_RESPONSE);
        List<java.util.concurrent.Future<Integer>> sizes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 60; i++) {
                sizes.add(threads.submit(() -> {
                    try (HttpAnswer answer = http.send(call(NAME, port, "/large900000"))) {
                        return answer.body().length;
                    }
                }));
            }
        }

        for (java.util.concurrent.Future<Integer> size : sizes) {
            assertThat(size.get()).isEqualTo(900_000);
        }
    }

    @Test
    void tooLargeAResponseOfOneStreamLeavesTheOthersAlone() throws Exception {
        int port = serve(true, HttpVersion.HTTP_2);
        GuardedHttp http = http(identity, 10_000_000);

        HttpFailure failure =
                catchThrowableOfType(HttpFailure.class, () -> http.send(call(NAME, port, "/large1000001")));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.TOO_LARGE);
        try (HttpAnswer answer = http.send(call(NAME, port, "/large1000000"))) {
            assertThat(answer.body()).hasSize(MAX_RESPONSE);
        }
    }
}
