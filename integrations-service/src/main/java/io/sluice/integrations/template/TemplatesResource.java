package io.sluice.integrations.template;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.template.TemplateDetail;
import io.sluice.contract.template.TemplateSummary;
import io.sluice.contract.template.TemplatesApi;
import io.sluice.contract.template.TryRequest;
import io.sluice.contract.template.TryResult;
import io.sluice.contract.template.ValidationReport;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

@RolesAllowed("viewer")
@RunOnVirtualThread
public class TemplatesResource implements TemplatesApi {

    private final TemplateService templates;
    private final TryOut tryOut;
    private final CurrentCaller caller;

    public TemplatesResource(TemplateService templates, TryOut tryOut, CurrentCaller caller) {
        this.templates = templates;
        this.tryOut = tryOut;
        this.caller = caller;
    }

    @Override
    public Page<TemplateSummary> list(@Nullable String text, @Nullable String category, @Nullable String trigger) {
        return new Page<>(
                templates.list(caller.get().tenant(), text, category, trigger).stream()
                        .map(TemplatesResource::summary)
                        .toList(),
                null);
    }

    @Override
    public Response get(String namespace, String name) {
        Template template = templates.get(caller.get().tenant(), namespace + "/" + name);
        return tagged(Response.ok(), template).build();
    }

    @Override
    @RolesAllowed("admin")
    public Response create(String flow) {
        Template template = templates.save(caller.get(), flow);
        return tagged(Response.created(URI.create("/api/v1/templates/" + template.name())), template)
                .build();
    }

    @Override
    @RolesAllowed("admin")
    public Response update(String namespace, String name, @Nullable String ifMatch, String flow) {
        Caller who = caller.get();
        Template current = templates.get(who.tenant(), namespace + "/" + name);
        Template wanted = TemplateService.read(who.tenant(), flow);
        if (!wanted.name().equals(current.name())) {
            throw ProblemException.field("/document/name", "the document names another template than the address");
        }
        if (ifMatch == null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the newest version you read.");
        }
        if (!ifMatch.equals("*") && !ifMatch.equals(tag(current))) {
            throw new ProblemException(
                    ProblemType.VERSION_CONFLICT,
                    "There is a newer version: " + current.flow().version() + ".");
        }
        return tagged(Response.ok(), templates.save(who, flow)).build();
    }

    @Override
    public ValidationReport validate(String flow) {
        return templates.validate(caller.get(), flow);
    }

    @Override
    @RolesAllowed("editor")
    public TryResult tryOut(TryRequest request) {
        return tryOut.run(TemplateService.read(caller.get().tenant(), request.document()), request);
    }

    private Response.ResponseBuilder tagged(Response.ResponseBuilder answer, Template template) {
        return answer.entity(detail(template)).header("ETag", tag(template));
    }

    private static String tag(Template template) {
        return "\"" + template.flow().version() + "\"";
    }

    static TemplateSummary summary(Template template) {
        return new TemplateSummary(
                template.name(),
                template.flow().version(),
                template.flow().title(),
                template.flow().summary(),
                template.categories(),
                template.triggers());
    }

    private TemplateDetail detail(Template template) {
        return new TemplateDetail(
                template.name(),
                template.flow().version(),
                template.flow().title(),
                template.flow().summary(),
                template.categories(),
                template.triggers(),
                template.flow().parameters(),
                template.slots(),
                template.howTo(),
                template.sampleEvent(),
                template.runOptions(),
                template.flow().document(),
                templates.versions(caller.get().tenant(), template));
    }
}
