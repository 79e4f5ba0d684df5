package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stripe: {@code Stripe-Signature: t=…,v1=…}, HMAC-SHA256 of {@code t.body} in hex; several {@code v1} while secrets change. */
final class StripeVerifier implements Verifier {

    private static final String HEADER = "Stripe-Signature";

    private final EventIds eventIds = EventIds.body("/id");
    private final Stamps stamps;

    StripeVerifier(Stamps stamps) {
        this.stamps = stamps;
    }

    private record Parts(List<String> times, List<String> signatures) {

        /** Other versions than {@code v1} prove nothing here. */
        static Parts of(String header) {
            Parts parts = new Parts(new ArrayList<>(), new ArrayList<>());
            for (String part : header.split(",", -1)) {
                if (part.startsWith("t=")) {
                    parts.times.add(part.substring(2));
                } else if (part.startsWith("v1=")) {
                    parts.signatures.add(part.substring(3));
                }
            }
            return parts;
        }
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        Optional<Parts> parts = call.single(HEADER).map(Parts::of);
        if (parts.isEmpty()) {
            return new Verdict.Refused(HEADER + " is missing or comes twice");
        }
        if (parts.get().times().size() != 1 || parts.get().signatures().isEmpty()) {
            return new Verdict.Refused(HEADER + " has not one t and at least one v1");
        }
        String time = parts.get().times().getFirst();
        if (!stamps.times().isNear(time, verification)) {
            return new Verdict.Refused("t in " + HEADER + " is too far from now");
        }
        boolean fits = false;
        for (String secret : secrets) {
            byte[] expected = Hmac.of(Hmac.SHA256, secret, Hmac.utf8(time + "."), call.body());
            for (String signature : parts.get().signatures()) {
                // All are looked at, so that the time does not tell which one it was.
                fits |= Hmac.equal(expected, Encoding.HEX.decoded(signature));
            }
        }
        return fits ? new Verdict.Verified() : new Verdict.Refused("no v1 in " + HEADER + " fits");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return eventIds.of(call, verification);
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        Optional<String> received = call.single(HEADER);
        Optional<String> time =
                received.map(Parts::of).flatMap(parts -> parts.times().stream().findFirst());
        return Explained.compared(
                verification.scheme(),
                HEADER,
                received,
                time.flatMap(t -> secrets.stream().findFirst().map(secret -> signed(t, secret, call.body()))),
                time.map(t -> Joined.of(Hmac.utf8(t + "."), call.body())));
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        String header = signed(stamps.times().now(), secrets.getFirst(), unsigned.body());
        return SignedRequest.of(unsigned, Map.of(HEADER, header));
    }

    private static String signed(String time, String secret, byte[] body) {
        byte[] signature = Hmac.of(Hmac.SHA256, secret, Hmac.utf8(time + "."), body);
        return "t=" + time + ",v1=" + Encoding.HEX.encoded(signature);
    }

    @Override
    public Set<String> signatureHeaders(Verification verification) {
        return Set.of("stripe-signature");
    }
}
