package io.sluice.ingress.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.testsupport.Calls;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of strangers: whatever comes, nothing breaks and nothing is taken. */
class FuzzTest {

    private static final List<String> SECRETS = SigningTest.SECRETS;

    private static final List<Verification> SCHEMES = Stream.concat(
                    SigningTest.signable(),
                    Stream.of(
                            Calls.verification("hmac"),
                            Calls.verification("api-key"),
                            Calls.verification("jwt"),
                            Calls.verification(
                                    "jwt", "issuer", "i", "audience", "a", "jwksUrl", "https://issuer.example/keys")))
            .filter(verification -> !List.of("none", "ip-list").contains(verification.scheme()))
            .toList();

    private static final List<String> HEADERS = List.of(
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "svix-id",
            "svix-signature",
            "stripe-signature",
            "x-hub-signature-256",
            "x-shopify-hmac-sha256",
            "x-slack-signature",
            "x-slack-request-timestamp",
            "x-wc-webhook-signature",
            "x-twilio-signature",
            "x-zm-signature",
            "x-zm-request-timestamp",
            "x-dropbox-signature",
            "x-twitter-webhooks-signature",
            "x-gitlab-token",
            "authorization",
            "x-key",
            "x-s",
            "x-t",
            "x-i",
            "content-type");

    private static final List<String> PIECES = List.of(
            "1760000000",
            "0",
            "-1",
            "99999999999999",
            "v1,",
            "v1a,",
            "v0=",
            "sha256=",
            "t=",
            "v1=",
            ",",
            " ",
            "=",
            "Basic ",
            "Bearer ",
            "AAAA",
            "AA==",
            "A",
            "0a",
            "zz",
            "eyJhbGciOiJub25lIn0.e30.",
            ".",
            "{}",
            "é",
            "\0",
            "eyJhbGciOiJSUzI1NiJ9.e30.AAAA",
            "application/json",
            "application/x-www-form-urlencoded",
            "%",
            "%zz");

    private final Verifiers verifiers =
            new Verifiers(InstantSource.fixed(Vectors.NOW), (url, id) -> new IssuerKeys.Found.Keys(List.of()));

    static LongStream seeds() {
        return LongStream.range(0, 1_000);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void strangersAreRefused(long seed) {
        Random random = new Random(seed);
        SignedCall call = stranger(random);
        for (Verification verification : SCHEMES) {
            assertThat(verifiers.verify(call, verification, SECRETS))
                    .as("seed %s, %s", seed, verification)
                    .isInstanceOf(Verdict.Refused.class);
            verifiers.eventId(call, verification);
            verifiers.explain(call, verification, SECRETS);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsChangedAfterSigningIsRefused(long seed) {
        Random random = new Random(seed);
        Verification verification = SCHEMES.get(random.nextInt(SCHEMES.size() - 4));
        SignedCall unsigned =
                Calls.post("{\"value\": [{\"n\": " + random.nextInt() + "}]}", "Content-Type", "application/json");
        SignedRequest signed = verifiers.sign(unsigned, verification, SECRETS);
        SignedCall call = changed(SigningTest.sent(unsigned, signed), verification, signed, random);

        assertThat(verifiers.verify(call, verification, SECRETS))
                .as("seed %s, %s, %s", seed, verification, call)
                .isInstanceOf(Verdict.Refused.class);
    }

    /** Of what proves the sender, one character is another; or, where the body is signed, one byte of it. */
    private SignedCall changed(SignedCall call, Verification verification, SignedRequest signed, Random random) {
        List<String> proofs = Stream.concat(
                        verifiers.signatureHeaders(verification).stream(),
                        verifiers.credentialHeaders(verification).stream())
                .filter(call.headers()::containsKey)
                .toList();
        boolean sent = !signed.secretPlaces().isEmpty();
        if (proofs.isEmpty()) {
            String proof = SECRETS.getFirst();
            return new SignedCall(
                    call.method(),
                    call.url().replace(proof.substring(7, 10), "xyz"),
                    call.headers(),
                    text(call).replace(proof, changed(proof, random)).getBytes(StandardCharsets.UTF_8));
        }
        if (!sent && random.nextBoolean()) {
            byte[] body = call.body().clone();
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            return new SignedCall(call.method(), call.url(), call.headers(), body);
        }
        Map<String, List<String>> headers = new HashMap<>(call.headers());
        String name = proofs.get(random.nextInt(proofs.size()));
        headers.put(name, List.of(changed(headers.get(name).getFirst(), random)));
        return new SignedCall(call.method(), call.url(), headers, call.body());
    }

    /** Another character, not the other case of the same one: names of schemes and hex take both. */
    private static String changed(String text, Random random) {
        int at = random.nextInt(text.length());
        char before = text.charAt(at);
        char after;
        do {
            after = "0123456789abcdefghijklmnopqrstuvwxyz+/=,. ".charAt(random.nextInt(42));
        } while (Character.toLowerCase(before) == after);
        return text.substring(0, at) + after + text.substring(at + 1);
    }

    private static SignedCall stranger(Random random) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : HEADERS) {
            switch (random.nextInt(4)) {
                case 0 -> headers.put(name, List.of(text(random), text(random)));
                case 1 -> {}
                default -> headers.put(name, List.of(text(random)));
            }
        }
        byte[] body = new byte[random.nextInt(40)];
        random.nextBytes(body);
        boolean readable = random.nextBoolean();
        String query = random.nextBoolean() ? "" : "?key=" + text(random) + "&bodySHA256=" + text(random);
        return new SignedCall(
                random.nextBoolean() ? "POST" : "GET",
                Calls.URL + query,
                headers,
                readable
                        ? ("{\"value\":[{\"clientState\":\"" + text(random) + "\"}]}").getBytes(StandardCharsets.UTF_8)
                        : body);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String text(SignedCall call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }
}
