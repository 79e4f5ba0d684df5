package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.connection.ConnectionKind;
import io.sluice.run.testsupport.LocalTarget;
import io.sluice.run.testsupport.MovableClock;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AuthenticationTest {

    private static final Vertx VERTX = Vertx.vertx();

    private final LocalTarget target = new LocalTarget();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T05:55:00Z"));
    private final GuardedHttp http = new GuardedHttp(
            new VertxExchange(
                    VERTX,
                    new AddressGuard(List.of("127.0.0.1")),
                    new OutboundLimits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1_000_000, 10_000_000)),
            clock);

    @AfterEach
    void stop() {
        target.close();
    }

    @AfterAll
    static void stopClient() throws Exception {
        VERTX.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Credential credential(
            ConnectionKind kind, Map<String, String> settings, Map<String, String> secrets) {
        return new Credential(UUID.randomUUID(), kind, settings, secrets);
    }

    private HttpCall call(String pathAndQuery, Credential credential) {
        return new HttpCall(
                "GET", target.url(pathAndQuery), Map.of(), null, Optional.of(credential), Duration.ofSeconds(10));
    }

    private LocalTarget.Seen sent(String pathAndQuery, Credential credential) {
        target.on("/", 200, "ok");
        http.send(call(pathAndQuery, credential));
        return target.seen().getFirst();
    }

    @Test
    void basicIsUserAndPasswordInBase64() {
        Credential credential =
                credential(ConnectionKind.BASIC, Map.of("username", "Aladdin"), Map.of("password", "open sesame"));

        assertThat(sent("/", credential).header("authorization")).contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }

    @Test
    void bearerIsTheToken() {
        Credential credential = credential(ConnectionKind.BEARER, Map.of(), Map.of("token", "abc.def"));

        assertThat(sent("/", credential).header("authorization")).contains("Bearer abc.def");
    }

    @Test
    void credentialReplacesTheFlowsOwnHeader() {
        target.on("/", 200, "ok");
        Credential credential = credential(ConnectionKind.BEARER, Map.of(), Map.of("token", "abc.def"));

        http.send(new HttpCall(
                "GET",
                target.url("/"),
                Map.of("authorization", "Bearer forged"),
                null,
                Optional.of(credential),
                Duration.ofSeconds(10)));

        assertThat(target.seen().getFirst().headers().get("Authorization")).containsExactly("Bearer abc.def");
    }

    @Test
    void apiKeyGoesIntoItsHeader() {
        Credential credential = credential(ConnectionKind.API_KEY, Map.of("name", "X-Key"), Map.of("key", "k3y"));

        assertThat(sent("/", credential).header("x-key")).contains("k3y");
    }

    /** Expected values by {@code printf … | openssl dgst -sha256 -hmac 'sEcr3t+/k==' -binary | base64}. */
    @Test
    void hmacSignsTheRawQuery() {
        Credential credential =
                credential(ConnectionKind.HMAC_QUERY, Map.of("id", "my-id"), Map.of("key", "sEcr3t+/k=="));

        LocalTarget.Seen seen = sent("/Stock?format=json&page=2%20x", credential);

        assertThat(seen.header("api-auth-id")).contains("my-id");
        assertThat(seen.header("api-auth-signature")).contains("o1BKGnGFh8xvle+NOy87QM8hOwD/RnqAG3DF4JoTca0=");
        assertThat(seen.uri().getRawQuery()).isEqualTo("format=json&page=2%20x");
    }

    @Test
    void hmacOfNoQuerySignsNothing() {
        Credential credential = credential(
                ConnectionKind.HMAC_QUERY,
                Map.of("id", "my-id", "idHeader", "X-Id", "signatureHeader", "X-Sign"),
                Map.of("key", "sEcr3t+/k=="));

        LocalTarget.Seen seen = sent("/Stock", credential);

        assertThat(seen.header("x-id")).contains("my-id");
        assertThat(seen.header("x-sign")).contains("k86T1rzDDHyToFO6GGzO2ZQcvOKW4fm5/s+21RVivos=");
    }

    @Test
    void credentialThatLacksSomethingSaysWhat() {
        HttpFailure failure = catchThrowableOfType(
                HttpFailure.class,
                () -> http.send(call("/", credential(ConnectionKind.BASIC, Map.of("username", "u"), Map.of()))));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.CREDENTIAL);
        assertThat(failure).hasMessageContaining("password");
    }

    @Test
    void webhookSecretMakesNoCalls() {
        HttpFailure failure = catchThrowableOfType(
                HttpFailure.class,
                () -> http.send(
                        call("/", credential(ConnectionKind.WEBHOOK_SECRET, Map.of(), Map.of("secret", "whsec")))));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.CREDENTIAL);
    }

    @Test
    void tokenIsFetchedOnceForManyCallsAtOnce() throws Exception {
        Credential credential = oauth(Map.of("scope", "read write"));
        target.on("/token", 200, "{\"access_token\": \"t1\", \"expires_in\": 3600}");
        target.on("/api", 200, "ok");
        List<Future<HttpAnswer>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                answers.add(threads.submit(() -> http.send(call("/api", credential))));
            }
        }

        for (Future<HttpAnswer> answer : answers) {
            assertThat(answer.get().status()).isEqualTo(200);
        }
        assertThat(target.seen("/api"))
                .hasSize(20)
                .allSatisfy(seen -> assertThat(seen.header("authorization")).contains("Bearer t1"));
        assertThat(target.seen("/token")).singleElement().satisfies(seen -> {
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.body()).isEqualTo("grant_type=client_credentials&scope=read+write");
            // client:s3cr%2Ft — both parts are form-encoded first (RFC 6749 §2.3.1).
            assertThat(seen.header("authorization")).contains("Basic Y2xpZW50OnMzY3IlMkZ0");
        });
    }

    @Test
    void tokenIsFetchedAgainShortlyBeforeItExpires() {
        Credential credential = oauth(Map.of());
        AtomicInteger tokens = new AtomicInteger();
        target.on(
                "/token",
                exchange -> LocalTarget.send(
                        exchange,
                        200,
                        "{\"access_token\": \"t" + tokens.incrementAndGet() + "\", \"expires_in\": 600}"));
        target.on("/api", 200, "ok");

        http.send(call("/api", credential));
        clock.advance(Duration.ofSeconds(500));
        http.send(call("/api", credential));
        clock.advance(Duration.ofSeconds(80));
        http.send(call("/api", credential));

        assertThat(target.seen("/api"))
                .extracting(seen -> seen.header("authorization").orElse(""))
                .containsExactly("Bearer t1", "Bearer t1", "Bearer t2");
    }

    @Test
    void tokenThatWasRevokedIsReplacedOnce() {
        Credential credential = oauth(Map.of());
        AtomicInteger tokens = new AtomicInteger();
        target.on(
                "/token",
                exchange -> LocalTarget.send(
                        exchange,
                        200,
                        "{\"access_token\": \"t" + tokens.incrementAndGet() + "\", \"expires_in\": 3600}"));
        target.on(
                "/api",
                exchange -> LocalTarget.send(
                        exchange,
                        "Bearer t2".equals(exchange.getRequestHeaders().getFirst("Authorization")) ? 200 : 401,
                        "x"));

        assertThat(http.send(call("/api", credential)).status()).isEqualTo(200);
        assertThat(target.seen("/token")).hasSize(2);
    }

    @Test
    void tokenThatIsNeverTakenEndsInA401() {
        Credential credential = oauth(Map.of());
        target.on("/token", 200, "{\"access_token\": \"t1\", \"expires_in\": 3600}");
        target.on("/api", 401, "no");

        assertThat(http.send(call("/api", credential)).status()).isEqualTo(401);
        assertThat(target.seen("/api")).hasSize(2);
    }

    @Test
    void changedSecretAsksForANewToken() {
        Credential before = oauth(Map.of());
        Credential after = new Credential(
                before.connectionId(), before.kind(), before.settings(), Map.of("clientSecret", "another"));
        target.on("/token", 200, "{\"access_token\": \"t1\", \"expires_in\": 3600}");
        target.on("/api", 200, "ok");

        http.send(call("/api", before));
        http.send(call("/api", after));

        assertThat(target.seen("/token")).hasSize(2);
    }

    @Test
    void tokenEndpointThatRefusesIsACredentialFailureWithoutTheSecret() {
        Credential credential = oauth(Map.of());
        target.on("/token", 400, "{\"error\": \"invalid_client\"}");

        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> http.send(call("/api", credential)));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.CREDENTIAL);
        assertThat(failure.getMessage()).doesNotContain("s3cr/t");
    }

    @Test
    void tokenEndpointIsGuardedAsEveryUrl() {
        Credential credential = credential(
                ConnectionKind.OAUTH2_CLIENT_CREDENTIALS,
                Map.of("tokenUrl", "http://169.254.169.254/token", "clientId", "client"),
                Map.of("clientSecret", "s3cr/t"));

        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> http.send(call("/api", credential)));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.BLOCKED_ADDRESS);
    }

    @Test
    void logShowsNoSecret() {
        Credential credential =
                credential(ConnectionKind.API_KEY, Map.of("name", "X-Shop"), Map.of("key", "sEcr3tK3y"));
        target.on("/", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=abc");
            LocalTarget.send(exchange, 200, "{\"echo\": \"sEcr3tK3y\", \"access_token\": \"zzz\", \"n\": 1}");
        });

        HttpAnswer answer = http.send(new HttpCall(
                "POST",
                target.url("/?copy=sEcr3tK3y"),
                Map.of("Authorization", "Bearer flowsown", "Cookie", "a=b", "X-Other", "sEcr3tK3y!"),
                "{\"password\": \"p\\\"w\", \"client_secret\" : \"cs\", \"note\": \"sEcr3tK3y\"}"
                        .getBytes(StandardCharsets.UTF_8),
                Optional.of(credential),
                Duration.ofSeconds(10)));

        assertThat(answer.sent().toString() + answer.received())
                .doesNotContain("sEcr3tK3y", "flowsown", "a=b", "p\\\"w", "\"cs\"", "session=abc", "zzz")
                .contains("Bearer ••••••••");
        assertThat(answer.received().body()).contains("\"n\": 1");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("sEcr3tK3y");
    }

    @Test
    void logKeepsTheFirst64KilobytesOfABody() {
        target.on("/", exchange -> LocalTarget.send(exchange, 200, "x".repeat(100_000)));

        HttpAnswer answer = http.send(
                new HttpCall("GET", target.url("/"), Map.of(), null, Optional.empty(), Duration.ofSeconds(10)));

        assertThat(answer.received().body()).hasSizeLessThan(66_000).endsWith("(cut)");
        assertThat(answer.received().bodyBytes()).isEqualTo(100_000);
    }

    @Test
    void logSaysHowLargeABinaryBodyIs() {
        target.on("/", exchange -> LocalTarget.send(exchange, 200, new byte[] {(byte) 0xff, 0, 1}));

        HttpAnswer answer = http.send(
                new HttpCall("GET", target.url("/"), Map.of(), null, Optional.empty(), Duration.ofSeconds(10)));

        assertThat(answer.received().body()).isEqualTo("(binary, 3 bytes)");
    }

    @Test
    void secretOfAnEarlierCallIsMaskedInTheLogOfALaterOne() {
        Caller run = Caller.of("acme");
        Credential credential = credential(ConnectionKind.BEARER, Map.of(), Map.of("token", "t0ken-of-the-shop"));
        target.on("/echo", exchange -> {
            exchange.getResponseHeaders().add("X-Echo", "t0ken-of-the-shop");
            LocalTarget.send(exchange, 200, "t0ken-of-the-shop");
        });
        target.on("/", 200, "ok");

        http.send(of(run, "/", Optional.of(credential)));
        HttpAnswer answer = http.send(of(run, "/echo?seen=t0ken-of-the-shop", Optional.empty()));

        assertThat(answer.sent().toString() + answer.received()).doesNotContain("t0ken-of-the-shop");
    }

    @Test
    void accessTokenIsMaskedInTheLogOfLaterCalls() {
        Caller run = Caller.of("acme");
        target.on("/token", 200, "{\"access_token\": \"opaque-access\", \"expires_in\": 3600}");
        target.on("/", exchange -> LocalTarget.send(exchange, 200, "you have opaque-access"));

        http.send(of(run, "/", Optional.of(oauth(Map.of()))));
        HttpAnswer answer = http.send(of(run, "/", Optional.empty()));

        assertThat(answer.received().body()).doesNotContain("opaque-access");
    }

    @Test
    void signatureIsMaskedByTheNameThatTheConnectionGivesItsHeader() {
        Credential credential = credential(
                ConnectionKind.HMAC_QUERY,
                Map.of("id", "my-id", "idHeader", "X-Who", "signatureHeader", "X-Sign"),
                Map.of("key", "sEcr3t+/k=="));
        target.on("/", 200, "ok");

        HttpAnswer answer = http.send(call("/", credential));

        assertThat(answer.sent().headers())
                .containsEntry("X-Sign", Masking.MASK)
                .containsEntry("X-Who", Masking.MASK);
    }

    @Test
    void secretThatNoHeaderCanCarryIsNamedByItsHeaderAlone() {
        Credential credential =
                credential(ConnectionKind.API_KEY, Map.of("name", "X-Shop"), Map.of("key", "sEcr3t\nK3y"));

        HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> http.send(call("/", credential)));

        assertThat(failure.reason()).isEqualTo(HttpFailure.Reason.INVALID_REQUEST);
        assertThat(failure).hasMessageContaining("X-Shop").hasMessageNotContaining("sEcr3t");
    }

    private HttpCall of(Caller run, String pathAndQuery, Optional<Credential> credential) {
        return new HttpCall("GET", target.url(pathAndQuery), Map.of(), null, credential, Duration.ofSeconds(10), run);
    }

    private Credential oauth(Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(more);
        settings.put("tokenUrl", target.url("/token"));
        settings.put("clientId", "client");
        return credential(ConnectionKind.OAUTH2_CLIENT_CREDENTIALS, settings, Map.of("clientSecret", "s3cr/t"));
    }

    @Test
    void apiKeyGoesIntoTheQueryAfterWhatIsThere() {
        Credential credential =
                credential(ConnectionKind.API_KEY, Map.of("name", "api key", "in", "query"), Map.of("key", "k3y+/ ="));

        assertThat(sent("/orders?page=2", credential).uri().getRawQuery())
                .startsWith("page=2&api")
                .contains("k3y%2B%2F")
                .endsWith("%3D");
    }
}
