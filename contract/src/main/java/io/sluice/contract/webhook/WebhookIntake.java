package io.sluice.contract.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.contract.connection.CallRate;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which calls an endpoint takes, and what it answers. What is left out has its default.
 *
 * @param contentTypes media types that are taken, such as {@code application/json}; default all
 * @param allowedAddresses addresses and CIDR ranges that may call; default all
 * @param rate most calls, on each replica of ingress; more get 429. Default any number
 * @param deduplication default by what the sender's scheme says, for 7 days
 * @param filter JSONata condition over the event; calls for which it is not true start nothing
 * @param answer default at once
 * @param expectEvery how often calls come at least; when none came for so long, the endpoint is overdue. 1 minute to
 *     366 days
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WebhookIntake(
        @Nullable List<String> contentTypes,

        @Schema(examples = "[\"203.0.113.0/24\"]") @Nullable List<String> allowedAddresses,

        @Valid @Nullable CallRate rate,
        @Valid @Nullable Deduplication deduplication,

        @Schema(examples = "body.type = \"order.created\"") @Nullable
        String filter,

        @Valid @Nullable WebhookAnswer answer,

        @Schema(type = SchemaType.STRING, format = "duration", examples = "PT1H") @Nullable
        Duration expectEvery) {

    /** Takes all calls and answers at once. */
    public static final WebhookIntake DEFAULT = new WebhookIntake(null, null, null, null, null, null, null);
}
