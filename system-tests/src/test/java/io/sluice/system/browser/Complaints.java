package io.sluice.system.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a browser complains about on our own pages: errors of scripts, breaches of the CSP, things not found. */
final class Complaints {

    private static final int FIRST_ERROR = 400;

    /** Says no address; what it means is heard as the response itself, and of the favicon we do not want to hear. */
    private static final String NOT_LOADED = "Failed to load resource";

    private static final String REPORT_CSP = """
        document.addEventListener('securitypolicyviolation', event =>
            console.error('CSP: ' + event.violatedDirective + ' blocked ' + event.blockedURI
                + ' at ' + event.sourceFile + ':' + event.lineNumber));
        """;

    private final String origin;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Complaints(URI origin) {
        this.origin = origin.toString();
    }

    void listenTo(BrowserContext context) {
        context.addInitScript(REPORT_CSP);
    }

    void listenTo(Page page) {
        page.onPageError(error -> note(page, "script error: " + error));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().startsWith(NOT_LOADED)) {
                note(page, "console: " + message.text());
            }
        });
        page.onResponse(this::noteFailed);
    }

    void requireNone() {
        assertThat(heard).as("The browser complained").isEmpty();
    }

    private void note(Page page, String complaint) {
        if (page.url().startsWith(origin)) {
            heard.add(page.url() + " " + complaint);
        }
    }

    private void noteFailed(Response response) {
        if (response.url().startsWith(origin) && response.status() >= FIRST_ERROR) {
            heard.add(response.url() + " answered " + response.status());
        }
    }
}
