package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Twilio: {@code X-Twilio-Signature}, HMAC-SHA1 of the URL and the form's fields in base64. Other bodies are vouched for
 * by their hash in the URL.
 */
final class TwilioVerifier implements Verifier {

    private static final String HEADER = "X-Twilio-Signature";
    private static final String BODY_HASH = "bodySHA256";

    private final EventIds eventIds = EventIds.header("I-Twilio-Idempotency-Token");
    private final Stamps stamps;

    TwilioVerifier(Stamps stamps) {
        this.stamps = stamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        Optional<String> signature = call.single(HEADER);
        if (signature.isEmpty()) {
            return new Verdict.Refused(HEADER + " is missing or comes twice");
        }
        Optional<String> fields = signedFields(call);
        if (fields.isEmpty()) {
            return new Verdict.Refused("the body is neither a form nor does it fit bodySHA256 in the URL");
        }
        Optional<byte[]> received = Encoding.BASE64.decoded(signature.get());
        // Twilio signs the URL with the port or without it, by product: its own libraries try both.
        boolean fits = false;
        for (String url : List.of(PublicUrl.withoutPort(call.url()), PublicUrl.withPort(call.url()))) {
            fits |= Hmac.anyFits(Hmac.SHA1, secrets, received, Hmac.utf8(url + fields.get()));
        }
        return fits ? new Verdict.Verified() : new Verdict.Refused(HEADER + " does not fit URL and fields");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        Optional<String> fields = signedFields(call);
        Optional<byte[]> content = fields.map(signed -> Hmac.utf8(call.url() + signed));
        return Explained.compared(
                verification.scheme(),
                HEADER,
                call.single(HEADER),
                content.flatMap(signed -> secrets.stream().findFirst().map(secret -> signature(secret, signed))),
                fields.map(signed -> Hmac.utf8(call.withoutToken().url() + signed)));
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        Map<String, String> headers = stamps.begun(unsigned, eventIds, verification);
        String others = Arrays.stream(unsigned.query().split("&", -1))
                .filter(pair -> !pair.isEmpty() && !pair.startsWith(BODY_HASH + "="))
                .collect(Collectors.joining("&"));
        String hash = BODY_HASH + "=" + Encoding.HEX.encoded(Hmac.sha256(unsigned.body()));
        boolean hashed = unsigned.body().length > 0 && !isForm(unsigned);
        String query = !hashed ? others : others.isEmpty() ? hash : others + "&" + hash;
        SignedCall call = unsigned.withQuery(query);
        String fields = signedFields(call)
                .orElseThrow(() -> Unsignable.because("The form cannot be read: an escape in it is broken."));
        headers.put(HEADER, signature(secrets.getFirst(), Hmac.utf8(call.url() + fields)));
        return new SignedRequest(headers, query, unsigned.body(), Set.of());
    }

    private static String signature(String secret, byte[] content) {
        return Encoding.BASE64.encoded(Hmac.of(Hmac.SHA1, secret, content));
    }

    /** What is signed behind the URL; empty when nothing vouches for the body. */
    private static Optional<String> signedFields(SignedCall call) {
        Optional<FormFields> query = FormFields.of(call.query());
        if (query.isEmpty()) {
            return Optional.empty();
        }
        if (query.get().values().containsKey(BODY_HASH)) {
            byte[] hash = Hmac.sha256(call.body());
            boolean fits = Hmac.equal(hash, query.get().single(BODY_HASH).flatMap(Encoding.HEX::decoded));
            return fits ? Optional.of("") : Optional.empty();
        }
        if (call.body().length == 0) {
            return Optional.of("");
        }
        return isForm(call)
                ? FormFields.of(new String(call.body(), StandardCharsets.UTF_8)).map(TwilioVerifier::sorted)
                : Optional.empty();
    }

    private static boolean isForm(SignedCall call) {
        return call.mediaType().equals("application/x-www-form-urlencoded");
    }

    /** A name with several values is signed with each different one, sorted. */
    private static String sorted(FormFields form) {
        StringBuilder sorted = new StringBuilder();
        new TreeMap<>(form.values())
                .forEach((name, values) -> new TreeSet<>(values)
                        .forEach(value -> sorted.append(name).append(value)));
        return sorted.toString();
    }

    @Override
    public Set<String> signatureHeaders(Verification verification) {
        return Set.of("x-twilio-signature");
    }
}
