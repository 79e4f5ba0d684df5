package io.sluice.contract.webhook;

import jakarta.validation.constraints.NotNull;

/**
 * A test call, as integrations-service passes it on.
 *
 * @param url the endpoint's URL, with its token
 */
public record InternalTestCall(@NotNull String url, @NotNull TestCallRequest request) {
    @Override
    public String toString() {
        return "InternalTestCall[" + request + "]";
    }
}
