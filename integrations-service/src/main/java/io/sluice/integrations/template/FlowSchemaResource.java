package io.sluice.integrations.template;

import io.sluice.run.flow.FlowSchema;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** The schema of the flow language, for editors: they come without a token, and nothing in it is secret. */
@Path("/schemas/flow-1.0.json")
@PermitAll
public class FlowSchemaResource {

    private final String schema = FlowSchema.json();

    @GET
    @Produces("application/schema+json")
    public Response schema() {
        return Response.ok(schema)
                .header("Cache-Control", "public, max-age=3600")
                .build();
    }
}
