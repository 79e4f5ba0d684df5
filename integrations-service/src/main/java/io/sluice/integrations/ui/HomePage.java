package io.sluice.integrations.ui;

import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.integration.IntegrationReads;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Home: what needs me? */
@Path("/")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class HomePage {

    private static final int ROWS = 8;

    private final IntegrationReads reads;
    private final UiContext ui;

    public HomePage(IntegrationReads reads, UiContext ui) {
        this.reads = reads;
        this.ui = ui;
    }

    @GET
    public Response home() {
        Map<String, Integer> counts = reads.counts(ui.caller().tenant());
        return UiContext.page(HomePages.home(
                ui.shell("Home", "home"),
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts,
                counts.getOrDefault("failing", 0) == 0 ? List.of() : newest("failing"),
                newest(null).stream().filter(one -> one.lastRun() != null).toList()));
    }

    /** Where the identity provider sends people back to. */
    @GET
    @Path("login")
    public Response login() {
        return UiContext.goTo("/integrations");
    }

    private List<Integration> newest(@Nullable String status) {
        return reads.list(
                        ui.caller().tenant(),
                        new IntegrationReads.Query(null, null, null, status, "-lastRun", null, ROWS))
                .items();
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
