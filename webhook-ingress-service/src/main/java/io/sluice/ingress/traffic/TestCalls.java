package io.sluice.ingress.traffic;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.InternalTestCall;
import io.sluice.contract.webhook.TestCall;
import io.sluice.contract.webhook.TestCallRequest;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.endpoint.EndpointStore;
import io.sluice.ingress.intake.IncomingCall;
import io.sluice.ingress.intake.IntakeConfig;
import io.sluice.ingress.intake.Reception;
import io.sluice.ingress.intake.Reply;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.ingress.signature.SignedRequest;
import io.sluice.ingress.signature.Verifiers;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Builds calls as the endpoint's sender would, and makes them where that is wanted. */
@Singleton
class TestCalls {

    /** On top of what a call may wait for. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final Duration SOON = Duration.ofSeconds(1);

    private final EndpointStore endpoints;
    private final Verifiers verifiers;
    private final Reception reception;
    private final InstantSource clock;
    private final IntakeConfig config;

    TestCalls(
            EndpointStore endpoints,
            Verifiers verifiers,
            Reception reception,
            InstantSource clock,
            IntakeConfig config) {
        this.endpoints = endpoints;
        this.verifiers = verifiers;
        this.reception = reception;
        this.clock = clock;
        this.config = config;
    }

    /** @throws ProblemException when the endpoint is not in force here, or its calls cannot be signed by us */
    TestCall make(String tenant, UUID integrationId, InternalTestCall wanted) {
        Endpoint.Open endpoint = endpoint(tenant, integrationId);
        TestCallRequest request = wanted.request();
        String method = request.method() == null
                ? endpoint.webhook().methods().getFirst()
                : request.method().toUpperCase(Locale.ROOT);
        checkQuery(request.query());
        String body = Objects.requireNonNullElse(request.body(), "");
        Map<String, List<String>> headers = headers(request, body);
        SignedCall unsigned = new SignedCall(
                method, url(wanted.url(), request.query()), headers, body.getBytes(StandardCharsets.UTF_8));
        SignedRequest signed = verifiers.sign(unsigned, endpoint.verification(), endpoint.secrets());
        signed.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        CurlCommand shown = new CurlCommand(method, wanted.url(), headers, signed);
        TestCall.Answer answer = request.send() ? sent(endpoint, method, wanted.url(), headers, signed) : null;
        return new TestCall(method, shown.url(), shown.headers(), shown.body(), shown.text(), answer);
    }

    private Endpoint.Open endpoint(String tenant, UUID integrationId) {
        Endpoint endpoint = endpoints
                .of(tenant, integrationId)
                .orElseThrow(() -> ProblemException.unavailable(
                        "The webhook is not in force here yet. Try again in a moment.", SOON, null));
        if (!(endpoint instanceof Endpoint.Open open)) {
            throw ProblemException.unavailable(
                    "This version cannot serve the integration's webhook.", Duration.ofMinutes(1), null);
        }
        if (!open.url().enabled()) {
            throw new ProblemException(
                    ProblemType.WEBHOOK_OFF, "The webhook is switched off. Enable it, and test it then.");
        }
        return open;
    }

    private static Map<String, List<String>> headers(TestCallRequest request, String body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        if (!body.isEmpty()) {
            headers.put("content-type", List.of(Objects.requireNonNullElse(request.contentType(), "application/json")));
        }
        if (request.headers() != null) {
            request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        }
        return headers;
    }

    private static String url(String base, @Nullable String query) {
        return query == null || query.isEmpty() ? base : base + "?" + query;
    }

    /** No sender could send another. */
    private static void checkQuery(@Nullable String query) {
        if (query != null && !isSendable(query)) {
            throw ProblemException.field(
                    "/query", "it holds characters that a URL cannot have: write them as %20, %7B and the like");
        }
    }

    private static boolean isSendable(String query) {
        try {
            return query.equals(new URI("http://a/?" + query).getRawQuery())
                    && query.chars().allMatch(c -> c < 0x7F);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Duration longest() {
        return config.acceptTimeout().plus(config.testCallWait()).plus(MARGIN);
    }

    /** As if it came from outside, but for the address and the rate. */
    private TestCall.Answer sent(
            Endpoint.Open endpoint,
            String method,
            String base,
            Map<String, List<String>> headers,
            SignedRequest signed) {
        IncomingCall call = new IncomingCall(
                method,
                url(base, signed.query()),
                signed.query(),
                headers,
                signed.body(),
                "test call",
                clock.instant());
        try {
            Reply reply = reception
                    .handle(endpoint, call, UUID.randomUUID().toString(), config.testCallWait())
                    .toCompletableFuture()
                    .get(longest().toMillis(), TimeUnit.MILLISECONDS);
            return new TestCall.Answer(
                    reply.status(), reply.headers(), new String(reply.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("This replica is stopping. Try again.", SOON, e);
        } catch (ExecutionException | TimeoutException e) {
            throw ProblemException.unavailable("The call was not answered in time.", SOON, e);
        }
    }
}
