package io.sluice.contract.template;

import io.sluice.contract.connection.ConnectionKind;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A place in a template that an integration fills with one of the tenant's connections. */
public record ConnectionSlot(
        @Schema(examples = "shop") String name,
        @Schema(examples = "Shop's REST API keys") String title,
        List<ConnectionKind> kinds) {
    public ConnectionSlot {
        kinds = List.copyOf(kinds);
    }
}
