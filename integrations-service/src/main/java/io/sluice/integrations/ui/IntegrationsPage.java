package io.sluice.integrations.ui;

import io.sluice.contract.Page;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.integration.IntegrationReads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** My integrations: what is their state? */
@Path("/integrations")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class IntegrationsPage {

    private static final int ROWS = 50;

    private final IntegrationReads reads;
    private final UiContext ui;

    public IntegrationsPage(IntegrationReads reads, UiContext ui) {
        this.reads = reads;
        this.ui = ui;
    }

    @GET
    public Response list(
            @QueryParam("q") @Nullable String text,
            @QueryParam("status") @Nullable String status,
            @QueryParam("trigger") @Nullable String trigger,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("cursor") @Nullable String cursor) {
        String tenant = ui.caller().tenant();
        Page<Integration> page =
                reads.list(tenant, new IntegrationReads.Query(text, null, trigger, status, sort, cursor, ROWS));
        Map<String, Integer> counts = reads.counts(tenant);
        return UiContext.page(Pages.integrations(
                ui.shell("My integrations", "integrations"),
                page.items(),
                ListView.of(text, status, trigger, sort, page.nextCursor()),
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts));
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
