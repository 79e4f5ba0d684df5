package io.sluice.integrations.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.template.ValidationReport;
import io.sluice.integrations.security.Caller;
import io.sluice.run.flow.FlowCompiler;
import io.sluice.run.flow.FlowException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be done with templates. */
@Singleton
public class TemplateService {

    private final TemplateStore store;

    public TemplateService(TemplateStore store) {
        this.store = store;
    }

    /** The newest version of each template that matches; nulls do not filter. */
    public List<Template> list(
            String tenant, @Nullable String text, @Nullable String category, @Nullable String trigger) {
        return store.list(tenant).stream()
                .filter(template -> text == null || text.isBlank() || mentions(template, text))
                .filter(template -> category == null
                        || category.isBlank()
                        || template.categories().contains(category))
                .filter(template -> trigger == null || trigger.isBlank() || supports(template, trigger))
                .toList();
    }

    /** @throws ProblemException when there is no such template */
    public Template get(String tenant, String reference) {
        return store.find(tenant, reference)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.NOT_FOUND, "There is no template " + reference + "."));
    }

    public Optional<Template> find(String tenant, String reference) {
        return store.find(tenant, reference);
    }

    public List<String> versions(String tenant, Template template) {
        return store.versions(
                tenant, template.flow().namespace(), template.flow().name());
    }

    /** @throws ProblemException when the flow is refused, or the version exists */
    public Template save(Caller caller, String flow) {
        Template template = read(caller.tenant(), flow);
        if (template.flow().namespace().equals("library")) {
            throw ProblemException.field("/document/namespace", "the library's namespace is ours; choose another");
        }
        if (!store.insert(template, caller)) {
            throw new ProblemException(
                    ProblemType.TEMPLATE_VERSION_EXISTS,
                    template.flow().reference() + " exists, and versions never change. Raise document.version.",
                    List.of(new FieldProblem("/document/version", "exists; take a higher one")));
        }
        return template;
    }

    /** Says everything that saving would refuse. */
    public ValidationReport validate(Caller caller, String flow) {
        try {
            TemplateReader.read(caller.tenant(), FlowCompiler.read(flow), null);
            return new ValidationReport(true, List.of());
        } catch (FlowException e) {
            return new ValidationReport(false, e.problems());
        }
    }

    /** @throws ProblemException that lists what is wrong, with pointers into the document */
    static Template read(String tenant, String flow) {
        try {
            return TemplateReader.read(tenant, FlowCompiler.read(flow), null);
        } catch (FlowException e) {
            throw refused(e);
        }
    }

    static Template read(String tenant, JsonNode document) {
        try {
            return TemplateReader.read(tenant, document, null);
        } catch (FlowException e) {
            throw refused(e);
        }
    }

    private static ProblemException refused(FlowException e) {
        FieldProblem first = e.problems().getFirst();
        String detail = e.problems().size() == 1
                ? first.pointer() + ": " + first.detail()
                : e.problems().size() + " places need another value; see errors.";
        return new ProblemException(ProblemType.INVALID_FLOW, detail, e.problems());
    }

    private static boolean mentions(Template template, String text) {
        String wanted = text.toLowerCase(Locale.ROOT).strip();
        return (template.name() + " " + template.flow().title() + " "
                        + template.flow().summary() + " " + String.join(" ", template.categories()))
                .toLowerCase(Locale.ROOT)
                .contains(wanted);
    }

    private static boolean supports(Template template, String trigger) {
        return switch (trigger) {
            case "webhook" -> template.supportsWebhook();
            case "schedule" -> template.supportsSchedule();
            default -> throw ProblemException.field("?trigger", "webhook or schedule");
        };
    }
}
