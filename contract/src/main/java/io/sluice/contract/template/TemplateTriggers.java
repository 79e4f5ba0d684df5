package io.sluice.contract.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a template can be started. What is absent is not supported. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TemplateTriggers(
        @Nullable WebhookSupport webhook, @Nullable ScheduleSupport schedule) {

    /**
     * Started by calls.
     *
     * @param verification the scheme that the template's usual sender signs with
     */
    public record WebhookSupport(
            @Schema(examples = "woocommerce") String verification) {}

    /**
     * Started by the clock.
     *
     * @param minimum shortest interval, ISO 8601 duration
     * @param suggested a schedule to begin with, in the shape of {@code ScheduleSettings}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ScheduleSupport(
            @Schema(examples = "PT1S") String minimum,
            @Schema(implementation = Object.class) @Nullable JsonNode suggested) {}
}
