package io.sluice.run.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** OAuth 2 client credentials (RFC 6749 §4.4): tokens kept until shortly before they expire, one refresh at a time. */
final class AccessTokens {

    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration UNSTATED_LIFE = Duration.ofMinutes(5);

    private final HttpSender sender;
    private final InstantSource clock;
    private final Map<UUID, Slot> slots = new ConcurrentHashMap<>();

    /** @param sender the guarded way out: a token endpoint is a user-given URL like others */
    AccessTokens(HttpSender sender, InstantSource clock) {
        this.sender = sender;
        this.clock = clock;
    }

    String token(Credential credential, Duration timeout) {
        Slot slot = slots.computeIfAbsent(credential.connectionId(), id -> new Slot());
        long begun = System.nanoTime();
        acquire(slot, timeout);
        try {
            int identity = credential.hashCode();
            Token held = slot.token;
            if (held == null || held.identity() != identity || !clock.instant().isBefore(held.until())) {
                Duration left = timeout.minusNanos(System.nanoTime() - begun);
                held = fetch(credential, left.isPositive() ? left : Duration.ofMillis(1), identity);
                slot.token = held;
            }
            return held.value();
        } finally {
            slot.lock.unlock();
        }
    }

    /** Waiting for another call's token counts against this call's time. */
    private static void acquire(Slot slot, Duration timeout) {
        try {
            if (!slot.lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HttpFailure(HttpFailure.Reason.TIMEOUT, "the token endpoint does not answer in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted").initCause(e);
        }
    }

    /** Forgets a token that was refused, unless somebody has got a newer one since. */
    boolean forget(UUID connectionId, String refused) {
        Slot slot = slots.get(connectionId);
        if (slot == null) {
            return false;
        }
        Token held = slot.token;
        if (held != null && held.value().equals(refused)) {
            slot.token = null;
        }
        return true;
    }

    private Token fetch(Credential credential, Duration timeout, int identity) {
        String scope = credential.settings().get("scope");
        String form = "grant_type=client_credentials" + (scope == null ? "" : "&scope=" + encoded(scope));
        String login = encoded(credential.setting("clientId")) + ":" + encoded(credential.secret("clientSecret"));
        HttpCall call = new HttpCall(
                "POST",
                credential.setting("tokenUrl"),
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Accept",
                        "application/json",
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8))),
                form.getBytes(StandardCharsets.UTF_8),
                Optional.empty(),
                timeout);
        try (HttpAnswer answer = sender.send(call)) {
            if (!answer.isSuccess()) {
                int status = answer.status();
                // Of what passes, the run's retries and the circuit take care; anything else is the connection's
                // owner's.
                boolean passes = status >= 500 || status == 429 || status == 408;
                throw new HttpFailure(
                        passes ? HttpFailure.Reason.COMMUNICATION : HttpFailure.Reason.CREDENTIAL,
                        "the token endpoint answered " + status + ", no token");
            }
            return token(answer, identity);
        }
    }

    private Token token(HttpAnswer answer, int identity) {
        JsonNode body;
        try {
            body = Json.parse(new String(answer.body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the token endpoint did not answer JSON", null, e);
        }
        if (!body.path("access_token").isTextual()) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the token endpoint gave no access_token");
        }
        Duration life = body.path("expires_in").canConvertToInt()
                ? Duration.ofSeconds(body.path("expires_in").asInt())
                : UNSTATED_LIFE;
        return new Token(
                body.path("access_token").textValue(),
                clock.instant().plus(life).minus(MARGIN),
                identity);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private record Token(String value, Instant until, int identity) {}

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Token token;
    }
}
