package io.sluice.integrations.ui;

import io.quarkus.qute.TemplateInstance;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.person.PreferenceStore;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.security.CurrentCaller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** What every page needs of the request. */
@RequestScoped
public class UiContext {

    private final CurrentCaller caller;
    private final PreferenceStore preferences;

    public UiContext(CurrentCaller caller, PreferenceStore preferences) {
        this.caller = caller;
        this.preferences = preferences;
    }

    Caller caller() {
        return caller.get();
    }

    Shell shell(String title, String section) {
        Caller who = caller.get();
        return new Shell(title, section, who, preferences.of(who));
    }

    /** A page instead of the JSON that programs get. */
    Response error(ProblemException problem) {
        return page(
                problem.type().status(),
                Pages.error(
                        shell(problem.type().title(), ""),
                        problem.type().status(),
                        problem.type().title(),
                        problem.detail()));
    }

    /** Those that the person may choose among. */
    List<String> tenants() {
        return caller.tenants();
    }

    static Response page(TemplateInstance page) {
        return page(200, page);
    }

    static Response page(int status, TemplateInstance page) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .entity(page.render())
                .build();
    }

    static Response goTo(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
