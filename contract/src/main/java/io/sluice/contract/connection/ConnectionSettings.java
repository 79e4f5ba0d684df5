package io.sluice.contract.connection;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a person writes it.
 *
 * @param settings what may be read again, by the kind: {@code username}, {@code name}, {@code tokenUrl}, …
 * @param secrets write-only, by the kind: {@code password}, {@code token}, {@code key}, …; left out on an update they
 *     stay as they are
 * @param limits of calls; left out, the deployment's defaults
 */
public record ConnectionSettings(
        @NotBlank @Size(max = 200) @Schema(examples = "Demo shop")
        String name,

        @NotNull ConnectionKind kind,
        @Nullable Map<String, String> settings,
        @Schema(writeOnly = true) @Nullable Map<String, String> secrets,
        @Valid @Nullable CallLimits limits) {

    @Override
    public String toString() {
        return "ConnectionSettings[name=" + name + ", kind=" + kind + ", secrets=…]";
    }
}
