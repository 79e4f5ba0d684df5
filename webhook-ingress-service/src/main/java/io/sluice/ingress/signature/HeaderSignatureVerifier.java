package io.sluice.ingress.signature;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A keyed digest in one header: most vendors' way, and the endpoint's own where it says how. */
final class HeaderSignatureVerifier implements Verifier {

    private final Function<Verification, Optional<SignatureFormat>> format;
    private final EventIds eventIds;
    private final Stamps stamps;

    /** @param format empty when the endpoint's settings do not make one */
    HeaderSignatureVerifier(
            Function<Verification, Optional<SignatureFormat>> format, EventIds eventIds, Stamps stamps) {
        this.format = format;
        this.eventIds = eventIds;
        this.stamps = stamps;
    }

    static HeaderSignatureVerifier preset(SignatureFormat format, EventIds eventIds, Stamps stamps) {
        return new HeaderSignatureVerifier(verification -> Optional.of(format), eventIds, stamps);
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        return format.apply(verification)
                .map(known -> verify(call, verification, secrets, known))
                .orElseGet(() -> new Verdict.Refused("the endpoint does not say how calls are signed"));
    }

    private Verdict verify(SignedCall call, Verification verification, List<String> secrets, SignatureFormat known) {
        Optional<String> signature = call.single(known.header());
        if (signature.isEmpty()) {
            return new Verdict.Refused(known.header() + " is missing or comes twice");
        }
        if (!signature.get().startsWith(known.prefix())) {
            return new Verdict.Refused(known.header() + " does not begin with “" + known.prefix() + "”");
        }
        String timeHeader = known.content().timestampHeader();
        if (timeHeader != null
                && call.single(timeHeader)
                        .filter(seconds -> stamps.times().isNear(seconds, verification))
                        .isEmpty()) {
            return new Verdict.Refused(timeHeader + " is missing or too far from now");
        }
        Optional<byte[]> content = known.content().of(call);
        if (content.isEmpty()) {
            return new Verdict.Refused("a header that is signed is missing");
        }
        Optional<byte[]> received = known.encoding()
                .decoded(signature.get().substring(known.prefix().length()));
        return Hmac.anyFits(known.algorithm(), secrets, received, content.get())
                ? new Verdict.Verified()
                : new Verdict.Refused(known.header() + " does not fit what is signed");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return format.apply(verification).flatMap(known -> {
            Optional<byte[]> content = known.content().of(call);
            Optional<String> expected =
                    content.flatMap(signed -> secrets.stream().findFirst().map(s -> known.signature(s, signed)));
            return Explained.compared(
                    verification.scheme(),
                    known.header(),
                    call.single(known.header()),
                    expected,
                    known.content().of(call.withoutToken()));
        });
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        SignatureFormat known = format.apply(verification)
                .orElseThrow(() -> Unsignable.because("The endpoint does not say how calls are signed."));
        Map<String, String> headers = stamps.begun(unsigned, eventIds, verification);
        String timeHeader = known.content().timestampHeader();
        if (timeHeader != null) {
            headers.put(timeHeader, stamps.times().now());
        }
        Map<String, List<String>> all = new HashMap<>(unsigned.headers());
        headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        byte[] content = known.content()
                .of(new SignedCall(unsigned.method(), unsigned.url(), all, unsigned.body()))
                .orElseThrow(HeaderSignatureVerifier::incomplete);
        headers.put(known.header(), known.signature(secrets.getFirst(), content));
        return SignedRequest.of(unsigned, headers);
    }

    private static ProblemException incomplete() {
        return Unsignable.because("The endpoint signs a header that it does not name.");
    }

    @Override
    public Set<String> signatureHeaders(Verification verification) {
        return format.apply(verification)
                .map(known -> known.header().toLowerCase(Locale.ROOT))
                // GitHub and Meta send their older signature, by SHA-1, beside it.
                .map(name -> name.equals("x-hub-signature-256") ? Set.of(name, "x-hub-signature") : Set.of(name))
                .orElse(Set.of());
    }
}
