package io.sluice.contract.template;

import io.sluice.contract.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The library and a tenant's own templates. */
@Path("/api/v1/templates")
@Tag(name = "Templates")
@Produces(MediaType.APPLICATION_JSON)
public interface TemplatesApi {

    /** A flow document may be sent as YAML too. */
    String YAML = "application/yaml";

    @GET
    @Operation(operationId = "listTemplates", summary = "Search the library and the tenant's own templates")
    Page<TemplateSummary> list(
            @QueryParam("q") @Nullable String text,
            @QueryParam("category") @Nullable String category,
            @QueryParam("trigger") @Nullable String trigger);

    @GET
    @Path("/{namespace}/{name}")
    @Operation(operationId = "getTemplate", summary = "One template; name it name:version for a certain version")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TemplateDetail.class)))
    Response get(@PathParam("namespace") String namespace, @PathParam("name") String name);

    @POST
    @Consumes({MediaType.APPLICATION_JSON, YAML, "application/x-yaml", "text/yaml"})
    @Operation(operationId = "createTemplate", summary = "Save a template of the tenant's own (admin)")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TemplateDetail.class)))
    Response create(String flow);

    @PUT
    @Path("/{namespace}/{name}")
    @Consumes({MediaType.APPLICATION_JSON, YAML, "application/x-yaml", "text/yaml"})
    @Operation(operationId = "updateTemplate", summary = "Save a new version of the tenant's own template (admin)")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = TemplateDetail.class)))
    Response update(
            @PathParam("namespace") String namespace,
            @PathParam("name") String name,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            String flow);

    @POST
    @Path("/validate")
    @Consumes({MediaType.APPLICATION_JSON, YAML, "application/x-yaml", "text/yaml"})
    @Operation(operationId = "validateTemplate", summary = "Say what saving would refuse")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    ValidationReport validate(String flow);

    @POST
    @Path("/try")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "tryTemplate", summary = "Run a flow on a sample event with recorded answers")
    TryResult tryOut(@Valid @NotNull TryRequest request);
}
