package io.sluice.ingress.intake;

import io.sluice.contract.deployment.DeployedWebhook;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What senders ask when a URL is entered with them. Never starts a run. */
final class Handshakes {

    private static final Pattern WOO_PING = Pattern.compile("webhook_id=\\d{1,19}");

    private Handshakes() {}

    static Optional<Receipt> answer(IncomingCall call, DeployedWebhook webhook) {
        return switch (webhook.verification().scheme()) {
            case "woocommerce" -> wooCommerce(call);
            default -> Optional.empty();
        };
    }

    /** On saving a webhook WooCommerce posts its id as a form, unsigned, and wants exactly 200. */
    private static Optional<Receipt> wooCommerce(IncomingCall call) {
        boolean ping = call.method().equals("POST")
                && call.mediaType().equals("application/x-www-form-urlencoded")
                && call.body().length < 64
                && !call.headers().containsKey("x-wc-webhook-signature")
                && WOO_PING.matcher(new String(call.body(), StandardCharsets.UTF_8))
                        .matches();
        return ping ? Optional.of(new Receipt.Handshake(200, "text/plain", "ok")) : Optional.empty();
    }
}
