package io.sluice.integrations.integration;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.VerificationScheme;
import java.util.Base64;
import java.util.regex.Pattern;

/** What a secret that is typed in must look like: one that cannot fit any call would refuse all of them. */
final class SecretRules {

    private static final int SHORTEST_KEY = 16;
    private static final int ED25519_KEY = 32;

    /** What a header or a query carries unchanged. */
    private static final Pattern SENT = Pattern.compile("[\\x21-\\x7e]+");

    private SecretRules() {}

    /** @throws ProblemException at the secret's place */
    static void check(VerificationScheme scheme, String secret, int index) {
        String pointer = "/verification/secrets/" + index;
        if (secret.isBlank()) {
            throw ProblemException.field(pointer, "a secret is needed");
        }
        switch (scheme) {
            case STANDARD_WEBHOOKS -> standardWebhooks(secret, pointer);
            case BEARER, API_KEY, GITLAB -> {
                if (!SENT.matcher(secret).matches()) {
                    throw ProblemException.field(pointer, "is sent as it is: printable characters without spaces");
                }
            }
            case NONE, IP_LIST, HMAC, GITHUB, STRIPE, SHOPIFY, SLACK, WOOCOMMERCE, TWILIO -> {}
            case ZOOM, META, DROPBOX, X, MICROSOFT_GRAPH, BASIC, JWT -> {}
        }
    }

    private static void standardWebhooks(String secret, String pointer) {
        boolean isPublic = secret.startsWith("whpk_");
        try {
            byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^wh(sec|pk)_", ""));
            if (isPublic && key.length != ED25519_KEY) {
                throw ProblemException.field(pointer, "an Ed25519 public key has 32 bytes");
            }
            if (!isPublic && key.length < SHORTEST_KEY) {
                throw ProblemException.field(pointer, "the key is shorter than 16 bytes");
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.field(
                    pointer, "a Standard Webhooks secret is whsec_ and base64, a public key whpk_ and base64");
        }
    }
}
