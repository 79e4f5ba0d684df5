package io.sluice.contract.webhook;

import jakarta.validation.Valid;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An integration's webhook as a person sets it.
 *
 * @param verification left out, the stored one stays; at first the template's
 * @param methods allowed methods, of POST, PUT, PATCH, GET, DELETE, HEAD and OPTIONS; default POST
 * @param maxBodyBytes largest body, bytes; default 1 MiB, at most 10 MiB
 * @param intake which calls are taken and what they are answered; left out, the stored one stays, given, it is replaced
 *     as a whole
 */
public record WebhookSettings(
        boolean enabled,
        @Valid @Nullable Verification verification,
        @Nullable List<String> methods,
        @Schema(examples = "1048576") @Nullable Integer maxBodyBytes,
        @Valid @Nullable WebhookIntake intake) {}
