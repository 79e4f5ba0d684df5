package io.sluice.integrations.integration;

import io.sluice.contract.Page;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.integration.IntegrationUpdate;
import io.sluice.contract.integration.IntegrationsApi;
import io.sluice.contract.integration.NewIntegration;
import io.sluice.contract.integration.RunPolicy;
import io.sluice.contract.webhook.RotateWebhook;
import io.sluice.contract.webhook.WebhookSettings;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.security.CurrentCaller;
import io.sluice.integrations.security.ETags;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@RolesAllowed("viewer")
@RunOnVirtualThread
public class IntegrationsResource implements IntegrationsApi {

    private final IntegrationService integrations;
    private final IntegrationReads reads;
    private final WebhookService webhooks;
    private final RunPolicyService policies;
    private final CurrentCaller caller;

    public IntegrationsResource(
            IntegrationService integrations,
            IntegrationReads reads,
            WebhookService webhooks,
            RunPolicyService policies,
            CurrentCaller caller) {
        this.integrations = integrations;
        this.reads = reads;
        this.webhooks = webhooks;
        this.policies = policies;
        this.caller = caller;
    }

    @Override
    public Page<Integration> list(
            @Nullable String text,
            @Nullable String category,
            @Nullable String trigger,
            @Nullable String status,
            @Nullable String sort,
            @Nullable String cursor,
            @Nullable Integer limit) {
        int size = Math.clamp(limit == null ? 50 : limit, 1, 200);
        return reads.list(
                caller.get().tenant(), new IntegrationReads.Query(text, category, trigger, status, sort, cursor, size));
    }

    @Override
    @RolesAllowed("editor")
    public Response create(NewIntegration integration) {
        Integration created = integrations.create(caller.get(), integration);
        return tagged(Response.created(address(created)), created);
    }

    @Override
    public Response get(UUID id) {
        return tagged(Response.ok(), integrations.get(caller.get().tenant(), id));
    }

    @Override
    @RolesAllowed("editor")
    public Response update(UUID id, @Nullable String ifMatch, IntegrationUpdate update) {
        return tagged(Response.ok(), integrations.update(caller.get(), id, ETags.required(ifMatch), update));
    }

    @Override
    @RolesAllowed("editor")
    public Response delete(UUID id, @Nullable String ifMatch) {
        integrations.delete(caller.get(), id, ETags.required(ifMatch));
        return Response.noContent().build();
    }

    @Override
    @RolesAllowed("editor")
    public Response copy(UUID id) {
        Integration created = integrations.copy(caller.get(), id);
        return tagged(Response.created(address(created)), created);
    }

    @Override
    public Response getWebhook(UUID id) {
        return webhook(caller.get(), id);
    }

    @Override
    @RolesAllowed("editor")
    public Response updateWebhook(UUID id, @Nullable String ifMatch, WebhookSettings settings) {
        Caller who = caller.get();
        webhooks.update(who, id, ETags.required(ifMatch), settings);
        return webhook(who, id);
    }

    @Override
    @RolesAllowed("editor")
    public Response rotateWebhook(UUID id, @Nullable String ifMatch, @Nullable RotateWebhook request) {
        Caller who = caller.get();
        webhooks.rotate(who, id, ETags.required(ifMatch), request == null ? null : request.overlap());
        return webhook(who, id);
    }

    @Override
    public Response getPolicy(UUID id) {
        return policy(caller.get(), id);
    }

    @Override
    @RolesAllowed("editor")
    public Response updatePolicy(UUID id, @Nullable String ifMatch, RunPolicy policy) {
        Caller who = caller.get();
        policies.update(who, id, ETags.required(ifMatch), policy);
        return policy(who, id);
    }

    private Response policy(Caller who, UUID id) {
        long revision = integrations.get(who.tenant(), id).revision();
        return Response.ok(policies.get(who.tenant(), id))
                .header("ETag", ETags.of(revision))
                .build();
    }

    /** The ETag is the integration's: one for it and its webhook and schedules. */
    private Response webhook(Caller who, UUID id) {
        long revision = integrations.get(who.tenant(), id).revision();
        return Response.ok(webhooks.get(who, id))
                .header("ETag", ETags.of(revision))
                .build();
    }

    private static Response tagged(Response.ResponseBuilder answer, Integration integration) {
        return answer.entity(integration)
                .header("ETag", ETags.of(integration.revision()))
                .build();
    }

    private static URI address(Integration integration) {
        return URI.create("/api/v1/integrations/" + integration.id());
    }
}
