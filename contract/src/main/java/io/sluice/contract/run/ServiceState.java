package io.sluice.contract.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an integration's flow keeps between runs on one service.
 *
 * @param service {@code ingress} or {@code scheduler}
 * @param version grows with each change; what the ETag says
 * @param history newest first, the present value among them, at most 20
 */
public record ServiceState(
        @Schema(examples = "scheduler") String service,
        long version,
        @Schema(implementation = Object.class) JsonNode value,
        List<FlowState.Version> history) {

    /** A service's own answer, with the service's name. */
    public static ServiceState of(String service, FlowState state) {
        return new ServiceState(service, state.version(), state.value(), state.history());
    }
}
