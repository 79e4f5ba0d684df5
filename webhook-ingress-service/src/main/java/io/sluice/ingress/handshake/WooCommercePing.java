package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** On saving a webhook WooCommerce posts its id as a form, unsigned, and wants exactly 200. */
final class WooCommercePing implements SenderHandshake {

    private static final Pattern PING = Pattern.compile("webhook_id=[0-9]{1,19}");
    private static final int LONGEST = 64;

    @Override
    public Set<String> schemes() {
        return Set.of("woocommerce");
    }

    @Override
    public boolean looksLike(SignedCall call) {
        return call.method().equals("POST")
                && call.mediaType().equals("application/x-www-form-urlencoded")
                && call.body().length < LONGEST
                && !call.headers().containsKey("x-wc-webhook-signature")
                && PING.matcher(new String(call.body(), StandardCharsets.UTF_8)).matches();
    }

    @Override
    public Handshake answer(SignedCall call, Verification verification, List<String> secrets) {
        return new Handshake.Answered(200, Map.of("Content-Type", "text/plain"), "ok");
    }
}
