package io.sluice.integrations.ui;

import io.sluice.contract.connection.Connection;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Webhook;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.integration.WebhookService;
import io.sluice.integrations.template.Template;
import io.sluice.integrations.traffic.WebhookTraffic;
import io.sluice.run.expression.Json;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Edit integration: which calls start it, and what came in. */
@Path("/integrations/{id}")
@RolesAllowed("viewer")
@RunOnVirtualThread
public class WebhookPage {

    private static final int ROWS = 20;
    private static final Map<String, Duration> OVERLAPS = Map.of(
            "none", Duration.ZERO, "hour", Duration.ofHours(1), "day", Duration.ofDays(1), "week", Duration.ofDays(7));

    private final WebhookService webhooks;
    private final WebhookTraffic traffic;
    private final ConnectionStore connections;
    private final SenderGuides guides;
    private final EditFrames frames;
    private final UiContext ui;

    public WebhookPage(
            WebhookService webhooks,
            WebhookTraffic traffic,
            ConnectionStore connections,
            SenderGuides guides,
            EditFrames frames,
            UiContext ui) {
        this.webhooks = webhooks;
        this.traffic = traffic;
        this.connections = connections;
        this.guides = guides;
        this.frames = frames;
        this.ui = ui;
    }

    /** @param setting that a call's problem led to; the rare ones are unfolded for it */
    @GET
    @Path("/webhook")
    public Response webhook(
            @PathParam("id") UUID id,
            @QueryParam("outcome") @Nullable String outcome,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("setting") @Nullable String setting) {
        Webhook stored = webhooks.get(ui.caller(), id);
        EditFrame frame = frames.form(id, "Webhook", Message.NONE);
        return page(
                200, frame, stored, WebhookForm.of(stored), calls(frame, text(outcome), text(cursor)), setting != null);
    }

    @POST
    @Path("/webhook")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response save(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Webhook stored = webhooks.get(ui.caller(), id);
        WebhookForm typed = WebhookForm.of(form, stored);
        try {
            List<String> secrets = SecretSlot.wanted(form, typed.scheme(), stored.verification());
            webhooks.update(ui.caller(), id, EditPage.revision(form), typed.settings(secrets, stored));
            return UiContext.goTo(path(id));
        } catch (ProblemException e) {
            return refused(id, stored, typed, e);
        }
    }

    @POST
    @Path("/webhook/rotate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response rotate(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Webhook stored = webhooks.get(ui.caller(), id);
        try {
            webhooks.rotate(ui.caller(), id, EditPage.revision(form), overlap(text(form.getFirst("overlap"))));
            return UiContext.goTo(path(id));
        } catch (ProblemException e) {
            return refused(id, stored, WebhookForm.of(stored), e);
        }
    }

    @POST
    @Path("/webhook/secrets/retire")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @RolesAllowed("editor")
    public Response retireSecret(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Webhook stored = webhooks.get(ui.caller(), id);
        String index = text(form.getFirst("index"));
        try {
            webhooks.retireSecret(
                    ui.caller(), id, EditPage.revision(form), index.matches("\\d") ? Integer.parseInt(index) : -1);
            return UiContext.goTo(path(id) + "#verification");
        } catch (ProblemException e) {
            return refused(id, stored, WebhookForm.of(stored), e);
        }
    }

    private Response refused(UUID id, Webhook stored, WebhookForm typed, ProblemException problem) {
        Message message = Message.of(problem);
        EditFrame frame = frames.form(id, "Webhook", message);
        boolean moreOpen = message.errors().stream()
                .anyMatch(error -> !error.pointer().startsWith("/verification")
                        && !error.pointer().equals("/overlap"));
        return page(problem.type().status(), frame, stored, typed, calls(frame, "", ""), moreOpen);
    }

    private Response page(
            int status, EditFrame frame, Webhook stored, WebhookForm form, CallList calls, boolean moreOpen) {
        return UiContext.page(
                status,
                WebhookPages.webhook(
                        frame,
                        new WebhookView(
                                stored,
                                form,
                                activity(frame),
                                calls,
                                guides.of(stored, form.scheme()),
                                secretConnections(),
                                curl(stored, frame.template()),
                                moreOpen)));
    }

    private List<Connection> secretConnections() {
        return connections.list(ui.caller().tenant()).stream()
                .map(ConnectionStore.Stored::connection)
                .filter(connection -> connection.kind() == ConnectionKind.WEBHOOK_SECRET)
                .toList();
    }

    /** Settings can be read and changed while ingress is away. */
    private TrafficView activity(EditFrame frame) {
        if (!frame.template().supportsWebhook()) {
            return TrafficView.NONE;
        }
        try {
            return TrafficView.of(
                    traffic.activity(ui.caller(), frame.integration().id()));
        } catch (ProblemException e) {
            return TrafficView.unknown(trouble(e));
        }
    }

    private CallList calls(EditFrame frame, String outcome, String cursor) {
        if (!frame.template().supportsWebhook()) {
            return CallList.unknown(outcome, "");
        }
        try {
            return CallList.of(traffic.calls(ui.caller(), frame.integration().id(), outcome, cursor, ROWS), outcome);
        } catch (ProblemException e) {
            return CallList.unknown(outcome, trouble(e));
        }
    }

    /** That ingress does not know the integration yet means that nothing came. */
    private static String trouble(ProblemException problem) {
        return switch (problem.type()) {
            case UNAVAILABLE -> problem.detail();
            case NOT_FOUND -> "";
            default -> throw problem;
        };
    }

    private static Duration overlap(String chosen) {
        Duration overlap = OVERLAPS.get(chosen);
        if (overlap == null) {
            throw ProblemException.field("/overlap", "choose how long the URL that is replaced works on");
        }
        return overlap;
    }

    /** Only an editor's has a URL. */
    private static String curl(Webhook webhook, Template template) {
        if (webhook.url() == null) {
            return "";
        }
        String body = template.sampleEvent() == null
                        || !template.sampleEvent().path("body").isContainerNode()
                ? "{\"hello\":\"world\"}"
                : Json.text(template.sampleEvent().path("body"));
        return "curl -X %s '%s' \\\n  -H 'Content-Type: application/json' \\\n  -d '%s'"
                .formatted(webhook.methods().getFirst(), webhook.url(), body.replace("'", "'\\''"));
    }

    private static String path(UUID id) {
        return "/integrations/" + id + "/webhook";
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "").strip();
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
