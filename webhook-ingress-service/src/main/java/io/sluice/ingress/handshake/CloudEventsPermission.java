package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * CloudEvents' abuse protection (HTTP Webhooks for Event Delivery 1.0, §4): a sender asks whether it may. Answered by the
 * schemes that belong to no vendor.
 */
final class CloudEventsPermission implements SenderHandshake {

    static final String ORIGIN = "webhook-request-origin";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.:_-]{1,255}");

    @Override
    public Set<String> schemes() {
        return Set.of("none", "ip-list", "hmac", "standard-webhooks", "basic", "bearer", "api-key", "jwt");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return call.method().equals("OPTIONS") && call.headers().containsKey(ORIGIN);
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        // The rate is not limited here: too many calls are told so when they come.
        return call.single(ORIGIN)
                .filter(origin -> NAME.matcher(origin).matches())
                .<Handshake>map(origin -> new Handshake.Answered(
                        200,
                        Map.of(
                                "Content-Type",
                                "text/plain",
                                "WebHook-Allowed-Origin",
                                origin,
                                "WebHook-Allowed-Rate",
                                "*"),
                        ""))
                .orElseGet(() -> new Handshake.Refused("WebHook-Request-Origin is no host's name"));
    }
}
