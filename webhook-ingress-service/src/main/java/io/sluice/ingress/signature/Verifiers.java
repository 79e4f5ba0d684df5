package io.sluice.ingress.signature;

import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The schemes by name. An unknown one refuses: it never lets a call through. */
@Singleton
public class Verifiers {

    private final Map<String, Verifier> schemes;

    @Inject
    public Verifiers(InstantSource clock, IssuerKeys keys) {
        this(clock, keys, UUID::randomUUID);
    }

    /** @param ids of events in calls that are signed here */
    public Verifiers(InstantSource clock, IssuerKeys keys, Supplier<UUID> ids) {
        this.schemes = Schemes.all(clock, keys, new Stamps(new Timestamps(clock), ids));
    }

    public boolean knows(String scheme) {
        return schemes.containsKey(scheme);
    }

    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        @Nullable Verifier verifier = schemes.get(verification.scheme());
        if (verifier == null) {
            return new Verdict.Refused("the scheme “" + verification.scheme() + "” is not known");
        }
        List<String> usable = usable(secrets);
        // A blank secret would be one that everybody knows.
        return usable.isEmpty() && needsSecrets(verification)
                ? new Verdict.Refused("the endpoint has no secret")
                : verifier.verify(call, verification, usable);
    }

    /** What names the event, so that its repetition starts nothing; empty where the sender gives no such thing. */
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return scheme(verification).flatMap(verifier -> verifier.eventId(call, verification));
    }

    /** What was compared, for the owner of a call that was refused; empty where nothing is. */
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return scheme(verification).flatMap(verifier -> verifier.explain(call, verification, usable(secrets)));
    }

    /**
     * Signs as the sender would, with a fresh time and id.
     *
     * @throws io.sluice.contract.problem.ProblemException when only the sender can
     */
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        Verifier verifier = scheme(verification)
                .orElseThrow(() -> Unsignable.because("The endpoint's verification is not known here."));
        List<String> usable = usable(secrets);
        if (usable.isEmpty() && needsSecrets(verification)) {
            throw Unsignable.because("The endpoint has no secret to sign with. Give it one first.");
        }
        return verifier.sign(unsigned, verification, usable);
    }

    /** Whether verifying may wait for the network: then it must not run on an event loop. */
    public boolean mayBlock(Verification verification) {
        return scheme(verification).map(Verifier::mayBlock).orElse(false);
    }

    /** Headers that hold the secret itself, in small letters: masked wherever they are kept. */
    public Set<String> credentialHeaders(Verification verification) {
        return names(verification, verifier -> verifier.credentialHeaders(verification));
    }

    /** Headers that hold a signature, in small letters: of no use to flows. */
    public Set<String> signatureHeaders(Verification verification) {
        return names(verification, verifier -> verifier.signatureHeaders(verification));
    }

    /** Parameters of the query string that hold a secret. */
    public Set<String> credentialQuery(Verification verification) {
        // Not of a call, but of the question that Meta asks first.
        return verification.scheme().equals("meta")
                ? Set.of("hub.verify_token")
                : names(verification, verifier -> verifier.credentialQuery(verification));
    }

    /** Names of fields in JSON bodies whose value is the secret itself. */
    public Set<String> credentialFields(Verification verification) {
        return verification.scheme().equals("microsoft-graph") ? Set.of("clientState") : Set.of();
    }

    private Set<String> names(Verification verification, Function<Verifier, Set<String>> of) {
        return scheme(verification).map(of).orElse(Set.of());
    }

    private Optional<Verifier> scheme(Verification verification) {
        return Optional.ofNullable(schemes.get(verification.scheme()));
    }

    private static List<String> usable(List<String> secrets) {
        return secrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    private static boolean needsSecrets(Verification verification) {
        return VerificationScheme.of(verification.scheme())
                .map(VerificationScheme::hasSecrets)
                .orElse(true);
    }
}
