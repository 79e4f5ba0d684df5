package io.sluice.integrations.ui;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Listen;
import io.sluice.contract.webhook.Listener;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.Webhook;
import io.sluice.integrations.integration.WebhookService;
import io.sluice.integrations.traffic.WebhookTraffic;
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
import java.time.InstantSource;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Ways to try a webhook: a call as its sender would make it, and a look at the next call that comes. */
@Path("/integrations/{id}")
@RolesAllowed("editor")
@RunOnVirtualThread
public class WebhookTryPage {

    private static final Duration LISTENING = Duration.ofMinutes(10);

    private final WebhookService webhooks;
    private final WebhookTraffic traffic;
    private final EditFrames frames;
    private final UiContext ui;
    private final InstantSource clock;

    public WebhookTryPage(
            WebhookService webhooks, WebhookTraffic traffic, EditFrames frames, UiContext ui, InstantSource clock) {
        this.webhooks = webhooks;
        this.traffic = traffic;
        this.frames = frames;
        this.ui = ui;
        this.clock = clock;
    }

    @GET
    @Path("/webhook/test")
    public Response test(@PathParam("id") UUID id) {
        Webhook webhook = webhooks.get(ui.caller(), id);
        EditFrame frame = frames.below(id, "Webhook", Message.NONE);
        TestForm sample =
                TestForm.sample(webhook, place(webhook), frame.template().sampleEvent());
        return UiContext.page(WebhookPages.test(frame, sample, TestResult.NONE));
    }

    @POST
    @Path("/webhook/test")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response send(@PathParam("id") UUID id, MultivaluedMap<String, String> form) {
        Webhook webhook = webhooks.get(ui.caller(), id);
        TestForm typed = TestForm.of(form, webhook, place(webhook));
        try {
            TestResult result =
                    TestResult.of(traffic.test(ui.caller(), id, typed.request(!"show".equals(form.getFirst("do")))));
            return UiContext.page(WebhookPages.test(frames.below(id, "Webhook", Message.NONE), typed, result));
        } catch (ProblemException e) {
            return UiContext.page(
                    e.type().status(),
                    WebhookPages.test(frames.below(id, "Webhook", Message.of(e)), typed, TestResult.NONE));
        }
    }

    @POST
    @Path("/webhook/listen")
    public Response listen(@PathParam("id") UUID id) {
        Listener listener = traffic.listen(ui.caller(), id, new Listen(LISTENING));
        return UiContext.goTo("/integrations/" + id + "/webhook/listen/" + listener.id());
    }

    /**
     * Leads to the call once it came.
     *
     * @param wait how long to wait for it first, as a script does
     */
    @GET
    @Path("/webhook/listen/{listenerId}")
    public Response listener(
            @PathParam("id") UUID id,
            @PathParam("listenerId") UUID listenerId,
            @QueryParam("wait") @Nullable String wait) {
        Listener listener = traffic.listener(ui.caller(), id, listenerId, wait);
        if (listener.call() != null) {
            return UiContext.goTo("/integrations/" + id + "/webhook/calls/"
                    + listener.call().call().id());
        }
        boolean waiting = listener.until().isAfter(clock.instant());
        return UiContext.page(WebhookPages.listen(frames.below(id, "Webhook", Message.NONE), listener, waiting));
    }

    private static EventIdPlace place(Webhook webhook) {
        return VerificationScheme.of(webhook.verification().scheme())
                .map(scheme -> EventIdPlace.of(
                        scheme, webhook.verification(), webhook.intake().deduplication()))
                .orElse(EventIdPlace.NOWHERE);
    }

    @ServerExceptionMapper
    public Response problem(ProblemException problem) {
        return ui.error(problem);
    }
}
