package io.sluice.contract.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.WebhookIntake;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as ingress gets it: never the token, only its SHA-256.
 *
 * @param tokens hashes of the tokens that work
 * @param verification without secrets
 * @param secrets the secrets, each sealed for ingress
 * @param intake null for the defaults, so that services of an earlier version read all others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeployedWebhook(
        boolean enabled,
        List<Token> tokens,
        Verification verification,
        List<SealedSecret> secrets,
        List<String> methods,
        int maxBodyBytes,
        @Nullable WebhookIntake intake) {

    /**
     * A token.
     *
     * @param sha256 hex
     * @param until absent while it is the current one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Token(String sha256, @Nullable Instant until) {}

    /**
     * A sealed secret.
     *
     * @param context the id that it is bound to (connection or integration)
     */
    public record SealedSecret(UUID context, String sealed) {}
}
