package io.sluice.ingress.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.contract.webhook.Verification;
import io.sluice.run.expression.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Microsoft Graph: each notification in the body repeats the secret that the subscription was made with. */
final class MicrosoftGraphVerifier implements Verifier {

    private static final String SECRET = "clientState";

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        JsonNode items =
                JsonBody.object(call.body()).map(body -> body.path("value")).orElse(null);
        if (items == null || !items.isArray() || items.isEmpty()) {
            return new Verdict.Refused("the body holds no notifications");
        }
        boolean all = true;
        for (JsonNode item : items) {
            String received = item.path(SECRET).isTextual() ? item.path(SECRET).textValue() : "";
            all &= Hmac.isOneOf(received, secrets);
        }
        return all
                ? new Verdict.Verified()
                : new Verdict.Refused("a notification has no clientState, or another one than the secret");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return Optional.empty();
    }

    @Override
    public Optional<SignatureCheck> explain(SignedCall call, Verification verification, List<String> secrets) {
        return Explained.place(verification.scheme(), "clientState of each notification in the body");
    }

    @Override
    public SignedRequest sign(SignedCall unsigned, Verification verification, List<String> secrets) {
        JsonNode body = JsonBody.object(unsigned.body()).orElseThrow(MicrosoftGraphVerifier::otherBody);
        if (!body.path("value").isArray() || body.path("value").isEmpty()) {
            throw otherBody();
        }
        for (JsonNode item : body.path("value")) {
            if (!(item instanceof ObjectNode notification)) {
                throw otherBody();
            }
            notification.put(SECRET, secrets.getFirst());
        }
        return new SignedRequest(Map.of(), unsigned.query(), Hmac.utf8(Json.text(body)), Set.of("body:" + SECRET));
    }

    private static ProblemException otherBody() {
        return new ProblemException(
                ProblemType.BAD_REQUEST, "Microsoft Graph sends a body such as {\"value\": [{…}]}. Send one like it.");
    }
}
