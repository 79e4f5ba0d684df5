package io.sluice.ingress.endpoint;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.sluice.contract.connection.CallRate;
import io.sluice.contract.deployment.DeployedWebhook;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Json;
import io.sluice.run.expression.Value;
import io.sluice.run.seal.Opener;
import io.sluice.run.seal.SealException;
import io.sluice.run.store.FlowStore;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes endpoints ready: opens their secrets, compiles their expressions. */
@Singleton
class EndpointMaker {

    private static final Logger LOG = Logger.getLogger(EndpointMaker.class);

    private static final Endpoint.Hidden NOTHING_HIDDEN = new Endpoint.Hidden(Set.of(), Set.of(), Set.of(), Set.of());

    private final Opener opener;
    private final FlowStore flows;
    private final Verifiers verifiers;

    EndpointMaker(Opener opener, FlowStore flows, Verifiers verifiers) {
        this.opener = opener;
        this.flows = flows;
        this.verifiers = verifiers;
    }

    Endpoint make(Deployment deployment, Endpoint.Url url) {
        DeployedWebhook webhook = Objects.requireNonNull(deployment.webhook());
        if (url.enabled() && !webhook.enabled()) {
            // Its token was written by a replica of the version before.
            return new Endpoint.Closed();
        }
        try {
            return new Endpoint.Open(
                    deployment,
                    flows.flow(Objects.requireNonNull(deployment.flow()).digest()),
                    url,
                    secrets(deployment, webhook),
                    rules(hidden(webhook.verification()), webhook));
        } catch (SealException e) {
            // Our keys do not open the endpoint's secrets: its owner's trouble, not the sender's.
            LOG.warnf("the secrets of integration %s: %s", deployment.integrationId(), e.getMessage());
            return new Endpoint.Unsupported("its secrets cannot be opened");
        } catch (ExpressionException | IllegalArgumentException e) {
            LOG.warnf("the webhook of integration %s: %s", deployment.integrationId(), e.getMessage());
            return new Endpoint.Unsupported("its settings cannot be used: " + e.getMessage());
        }
    }

    /** Why an endpoint of these settings could not be served; null when it can. */
    static @Nullable String problem(DeployedWebhook webhook) {
        try {
            rules(NOTHING_HIDDEN, webhook);
            return null;
        } catch (ExpressionException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    private static Endpoint.Rules rules(Endpoint.Hidden hidden, DeployedWebhook webhook) {
        WebhookIntake intake = Objects.requireNonNullElse(webhook.intake(), WebhookIntake.DEFAULT);
        AddressRanges allowed = AddressRanges.of(intake.allowedAddresses());
        if (allowed.isAll() && webhook.verification().scheme().equals(VerificationScheme.IP_LIST.wireName())) {
            // Its calls prove nothing else: with no address named, everybody's would be taken.
            throw new IllegalArgumentException("ip-list names no address");
        }
        return new Endpoint.Rules(
                hidden,
                allowed,
                intake.rate() == null ? null : bucket(intake.rate()),
                expression(intake.filter()),
                expression(intake.answer() == null ? null : intake.answer().response()));
    }

    private Endpoint.Hidden hidden(Verification verification) {
        return new Endpoint.Hidden(
                verifiers.credentialHeaders(verification),
                verifiers.signatureHeaders(verification),
                verifiers.credentialQuery(verification),
                verifiers.credentialFields(verification));
    }

    private static Bucket bucket(CallRate rate) {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(rate.requests())
                        .refillGreedy(rate.requests(), rate.per())
                        .build())
                .build();
    }

    private static Optional<Expression> expression(@Nullable String text) {
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(Expression.compile(Value.isExpression(text) ? Value.source(text) : text));
    }

    private List<String> secrets(Deployment deployment, DeployedWebhook webhook) {
        List<String> secrets = new ArrayList<>();
        for (DeployedWebhook.SealedSecret sealed : webhook.secrets()) {
            String opened = opener.open(sealed.sealed(), deployment.tenant(), sealed.context());
            secrets.add(Json.parse(opened).path("secret").asText());
        }
        return secrets;
    }
}
