package io.sluice.integrations.integration;

import io.sluice.integrations.security.Seals;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the secret part of webhook URLs: 192 random bits; sealed for editors, hashed for ingress. */
@Singleton
class WebhookTokens {

    private static final int BYTES = 24;

    private final Seals seals;
    private final SecureRandom random;

    WebhookTokens(Seals seals, SecureRandom random) {
        this.seals = seals;
        this.random = random;
    }

    WebhookStore.Token fresh(
            String tenant, UUID integrationId, @Nullable String previousSha256, @Nullable Instant previousUntil) {
        String token = random();
        return new WebhookStore.Token(
                seals.forUs(token, tenant, integrationId), sha256(token), previousSha256, previousUntil);
    }

    /** A text that nobody guesses. */
    String random() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String open(String tenant, UUID integrationId, WebhookStore.Token token) {
        return seals.open(token.sealed(), tenant, integrationId);
    }

    private static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
