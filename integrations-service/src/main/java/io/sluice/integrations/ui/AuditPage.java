package io.sluice.integrations.ui;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.audit.Audit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Who changed what, for those who administer. */
@Path("/audit")
@RolesAllowed("admin")
@RunOnVirtualThread
public class AuditPage {

    private static final int ROWS = 50;

    private final Audit audit;
    private final UiContext ui;

    public AuditPage(Audit audit, UiContext ui) {
        this.audit = audit;
        this.ui = ui;
    }

    @GET
    public Response list(
            @QueryParam("person") @Nullable String person,
            @QueryParam("subject") @Nullable String subject,
            @QueryParam("cursor") @Nullable String cursor) {
        Page<Audit.Entry> page = audit.list(ui.caller().tenant(), given(subject), given(person), cursor, ROWS);
        return UiContext.page(HomePages.audit(
                ui.shell("Audit", "audit"),
                page.items(),
                person == null ? "" : person,
                subject == null ? "" : subject,
                page.nextCursor() == null ? "" : older(person, subject, page.nextCursor())));
    }

    private static String older(@Nullable String person, @Nullable String subject, String cursor) {
        StringBuilder link = new StringBuilder("/audit");
        ListView.add(link, "person", person == null ? "" : person);
        ListView.add(link, "subject", subject == null ? "" : subject);
        ListView.add(link, "cursor", cursor);
        return link.toString();
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
