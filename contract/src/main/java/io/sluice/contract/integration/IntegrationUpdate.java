package io.sluice.contract.integration;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An integration's settings, replaced as a whole.
 *
 * @param template another version of the same template, to upgrade; left out, the version stays
 */
public record IntegrationUpdate(
        @Nullable String template,
        @NotBlank @Size(max = 200) String name,
        @Size(max = 2000) @Nullable String description,
        @Size(max = 20) @Nullable List<@NotBlank @Size(max = 60) String> categories,
        @Schema(implementation = Object.class) @Nullable JsonNode configuration,
        @Nullable Map<String, UUID> connections) {}
