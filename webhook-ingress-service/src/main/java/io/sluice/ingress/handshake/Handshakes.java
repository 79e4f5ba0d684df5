package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.FormFields;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.ingress.signature.Verifiers;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Answers what senders ask when a URL is entered with them, also while the endpoint is disabled. */
@Singleton
public class Handshakes {

    private static final Set<String> QUESTIONS_IN_QUERIES =
            Set.of(DropboxChallenge.PARAMETER, XChallenge.PARAMETER, MetaSubscription.MODE, GraphValidation.PARAMETER);

    private final List<SenderHandshake> handshakes;

    public Handshakes(Verifiers verifiers) {
        this.handshakes = List.of(
                new WooCommercePing(),
                new SlackUrlVerification(),
                new SlackSslCheck(),
                new ZoomValidation(verifiers),
                new GraphValidation(),
                new MetaSubscription(),
                new DropboxChallenge(),
                new XChallenge(),
                new CloudEventsPermission());
    }

    /** Whether, by all but its body, the call might be one: so that a small body is worth reading. */
    public boolean mayBe(String method, String query, Map<String, List<String>> headers) {
        SignedCall call = new SignedCall(method, "?" + query, headers, new byte[0]);
        return switch (method) {
            case "OPTIONS" -> headers.containsKey(CloudEventsPermission.ORIGIN);
            case "GET" -> asksInQuery(query);
            case "POST" -> asksInQuery(query) || SmallBody.mayCome(call);
            default -> false;
        };
    }

    private static boolean asksInQuery(String query) {
        return !query.isEmpty()
                && FormFields.of(query)
                        .filter(fields -> fields.values().keySet().stream().anyMatch(QUESTIONS_IN_QUERIES::contains))
                        .isPresent();
    }

    /** Wire names of the schemes whose handshake the call looks like. */
    public Set<String> candidates(SignedCall call) {
        Set<String> schemes = new HashSet<>();
        for (SenderHandshake handshake : handshakes) {
            if (handshake.looksLike(call)) {
                schemes.addAll(handshake.schemes());
            }
        }
        return schemes;
    }

    /** Only what the endpoint's own scheme asks is answered: another's would be a key to it. */
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        for (SenderHandshake handshake : handshakes) {
            if (handshake.schemes().contains(verification.scheme()) && handshake.looksLike(call)) {
                return handshake.answer(call, verification, secrets);
            }
        }
        return new Handshake.None();
    }
}
