package io.sluice.contract.connection;

import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A call to make with a connection, to see whether it is accepted.
 *
 * @param url an address of the system that answers 2xx to whoever may read
 */
public record ConnectionProbe(
        @NotBlank @Schema(examples = "http://127.0.0.1:8090/shop/wp-json/wc/v3/products")
        String url) {}
