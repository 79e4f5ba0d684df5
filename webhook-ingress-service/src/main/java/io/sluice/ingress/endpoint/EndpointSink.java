package io.sluice.ingress.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.deployment.Deployment;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.deployment.DeploymentSink;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the tokens of deployments, and how often their calls are expected. */
@Singleton
public class EndpointSink implements DeploymentSink {

    private static final String PUT_TOKEN = """
            insert into endpoint_token (sha256, integration_id, valid_until, enabled, scheme)
            values (:sha256, :id, :until::timestamptz, :enabled, :scheme) on conflict (sha256) do nothing
            """;

    // What was waited for before goes on being waited for, unless it is another expectation.
    private static final String EXPECT = """
            insert into expected_call (integration_id, tenant, every, since)
            values (:id, :tenant, :every::interval, now())
            on conflict (integration_id) do update
               set tenant = excluded.tenant, every = excluded.every,
                   since = case when expected_call.every = excluded.every then expected_call.since else now() end
            """;

    private final Verifiers verifiers;
    private final Instance<EndpointWatch> watch;

    EndpointSink(Verifiers verifiers, Instance<EndpointWatch> watch) {
        this.verifiers = verifiers;
        this.watch = watch;
    }

    @Override
    public @Nullable String problem(Deployment deployment) {
        DeployedWebhook webhook = deployment.webhook();
        if (webhook == null) {
            return null;
        }
        if (!verifiers.knows(webhook.verification().scheme())) {
            return "the verification “" + webhook.verification().scheme() + "” is not known here";
        }
        return EndpointMaker.problem(webhook);
    }

    @Override
    public void apply(Handle handle, @Nullable Deployment deployment, JsonNode raw) {
        UUID id = UUID.fromString(raw.path("integrationId").asText());
        forgetTokens(handle, id);
        // From the raw document, so that an endpoint which this version does not understand answers 503 and not 404.
        JsonNode webhook = raw.path("webhook");
        for (JsonNode token : webhook.path("tokens")) {
            handle.createUpdate(PUT_TOKEN)
                    .bind("sha256", token.path("sha256").asText())
                    .bind("id", id)
                    .bind(
                            "until",
                            token.hasNonNull("until") ? token.get("until").asText() : null)
                    .bind("enabled", webhook.path("enabled").asBoolean())
                    .bind("scheme", webhook.path("verification").path("scheme").asText())
                    .execute();
        }
        expect(handle, id, raw.path("tenant").asText(), deployment == null ? null : deployment.webhook());
    }

    private static void expect(Handle handle, UUID id, String tenant, @Nullable DeployedWebhook webhook) {
        Duration every = webhook == null || !webhook.enabled() || webhook.intake() == null
                ? null
                : webhook.intake().expectEvery();
        if (every == null) {
            forgetExpectation(handle, id);
        } else {
            handle.createUpdate(EXPECT)
                    .bind("id", id)
                    .bind("tenant", tenant)
                    .bind("every", every.toSeconds() + " seconds")
                    .execute();
        }
    }

    @Override
    public void remove(Handle handle, UUID integrationId) {
        forgetTokens(handle, integrationId);
        forgetExpectation(handle, integrationId);
        handle.createUpdate("delete from endpoint_activity where integration_id = :id")
                .bind("id", integrationId)
                .execute();
        handle.createUpdate("delete from other_call where integration_id = :id")
                .bind("id", integrationId)
                .execute();
    }

    private static void forgetTokens(Handle handle, UUID integrationId) {
        handle.createUpdate("delete from endpoint_token where integration_id = :id")
                .bind("id", integrationId)
                .execute();
    }

    private static void forgetExpectation(Handle handle, UUID integrationId) {
        handle.createUpdate("delete from expected_call where integration_id = :id")
                .bind("id", integrationId)
                .execute();
    }

    @Override
    public void changed() {
        watch.get().wake();
    }
}
