package io.sluice.local.demo;

import java.net.URI;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where the warehouse sends its stock changes; without a secret they go unsigned. */
record WebhookTarget(String url, @Nullable String secret) {

    static final String SECRET_PREFIX = "whsec_";

    WebhookTarget {
        if (secret != null) {
            requireSecret(secret);
        }
        requireHttp(url);
    }

    /** The URL of a webhook that a person or a peer gave us, or a refusal. */
    static URI requireHttp(String url) {
        try {
            URI uri = URI.create(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("The webhook's URL is not a URL");
        }
        throw Refused.badRequest("The webhook's URL must begin with http:// or https:// and name a host");
    }

    private static void requireSecret(String secret) {
        try {
            if (secret.startsWith(SECRET_PREFIX)
                    && Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())).length > 0) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw Refused.badRequest("What follows whsec_ in the secret must be base64");
        }
        throw Refused.badRequest("The secret must be whsec_ followed by base64");
    }
}
