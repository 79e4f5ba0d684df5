package io.sluice.integrations.integration;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.template.Template;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An integration's webhook: on and off, which calls it takes, and its URL. */
@Singleton
public class WebhookService {

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    private final IntegrationService integrations;
    private final WebhookStore store;
    private final WebhookTokens tokens;
    private final WebhookChanges changes;
    private final WebhookConfig config;
    private final InstantSource clock;

    WebhookService(
            IntegrationService integrations,
            WebhookStore store,
            WebhookTokens tokens,
            WebhookChanges changes,
            WebhookConfig config,
            InstantSource clock) {
        this.integrations = integrations;
        this.store = store;
        this.tokens = tokens;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    /** The webhook as a caller may see it: the URL starts runs, so viewers do not get it. */
    public Webhook get(Caller caller, UUID id) {
        Template template = integrations.templateOf(caller.tenant(), id);
        WebhookStore.@Nullable Stored stored = store.find(caller.tenant(), id).orElse(null);
        if (stored == null) {
            String scheme = template.triggers().webhook() == null
                    ? "none"
                    : template.triggers().webhook().verification();
            return new Webhook(
                    false,
                    null,
                    Verification.preset(scheme, List.of()),
                    List.of("POST"),
                    WebhookChanges.DEFAULT_BODY,
                    IntakeDefaults.shown(WebhookIntake.DEFAULT, scheme),
                    null,
                    null);
        }
        return new Webhook(
                stored.enabled(),
                caller.canEdit() ? url(caller.tenant(), id, stored) : null,
                stored.verification().withSecrets(WebhookSecrets.shown(stored.secrets())),
                stored.methods(),
                stored.maxBodyBytes(),
                IntakeDefaults.shown(stored.intake(), stored.verification().scheme()),
                stillWorks(stored.token().previousUntil()),
                store.inForce(id));
    }

    /** @throws ProblemException when the template is not started by webhook, or fields are wrong */
    public void update(Caller caller, UUID id, OptionalLong expected, WebhookSettings wanted) {
        Template template = integrations.templateOf(caller.tenant(), id);
        if (!template.supportsWebhook()) {
            throw new ProblemException(
                    ProblemType.TRIGGER_NOT_SUPPORTED,
                    "“" + template.flow().title() + "” is not started by webhook. Use a schedule: POST "
                            + "/api/v1/integrations/" + id + "/schedules.",
                    List.of(new FieldProblem("/enabled", "use a schedule instead")));
        }
        integrations.change(caller, id, expected, handle -> {
            WebhookStore.@Nullable Stored before =
                    WebhookStore.find(handle, caller.tenant(), id).orElse(null);
            WebhookChanges.Base base = new WebhookChanges.Base(handle, caller.tenant(), id, template, before);
            WebhookStore.put(handle, caller.tenant(), id, changes.apply(base, wanted));
        });
    }

    /**
     * Makes a new URL. The one that it replaces works on for the overlap, also where an earlier one was still working:
     * that one stops, since a sender that is not yet on the newest URL is on the one before it. Without an overlap all
     * earlier ones stop: it is the answer to a URL that became known.
     *
     * @throws ProblemException when there is no URL yet
     */
    public void rotate(Caller caller, UUID id, OptionalLong expected, @Nullable Duration overlap) {
        Duration kept = overlap == null ? Duration.ZERO : overlap;
        if (kept.isNegative() || kept.compareTo(LONGEST_OVERLAP) > 0) {
            throw ProblemException.field("/overlap", "between PT0S and P30D");
        }
        integrations.change(caller, id, expected, handle -> {
            WebhookStore.Stored before = WebhookStore.find(handle, caller.tenant(), id)
                    .orElseThrow(() -> new ProblemException(
                            ProblemType.NOT_FOUND, "There is no URL to rotate yet. Enable the webhook first."));
            WebhookStore.Token fresh = kept.isZero()
                    ? tokens.fresh(caller.tenant(), id, null, null)
                    : tokens.fresh(
                            caller.tenant(),
                            id,
                            before.token().sha256(),
                            clock.instant().plus(kept));
            WebhookStore.put(handle, caller.tenant(), id, before.withToken(fresh));
        });
    }

    /**
     * Takes one of two secrets away, once the sender signs with the other one. Writing the secrets anew could not do it:
     * of two that read alike, nobody could say which one stays.
     *
     * @throws ProblemException when there are not two
     */
    public void retireSecret(Caller caller, UUID id, OptionalLong expected, int index) {
        integrations.change(caller, id, expected, handle -> {
            WebhookStore.Stored before = WebhookStore.find(handle, caller.tenant(), id)
                    .filter(stored -> index >= 0 && index < stored.secrets().size())
                    .filter(stored -> stored.secrets().size() > 1)
                    .orElseThrow(() -> ProblemException.field(
                            "/verification/secrets", "there are no two secrets of which one could be taken away"));
            WebhookStore.put(handle, caller.tenant(), id, before.withoutSecret(index));
        });
    }

    /**
     * The address of an endpoint that takes calls.
     *
     * @param methods that it allows, the first one its usual
     */
    public record Endpoint(String url, List<String> methods) {
        @Override
        public String toString() {
            return "Endpoint[" + methods + "]";
        }
    }

    /** @throws ProblemException 409 when it is not enabled */
    public Endpoint endpoint(String tenant, UUID id) {
        integrations.get(tenant, id);
        return store.find(tenant, id)
                .filter(WebhookStore.Stored::enabled)
                .map(stored -> new Endpoint(url(tenant, id, stored), stored.methods()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.WEBHOOK_OFF,
                        "The webhook is not enabled. Enable it first: PUT /api/v1/integrations/" + id + "/webhook."));
    }

    private String url(String tenant, UUID id, WebhookStore.Stored stored) {
        return config.baseUrl() + "/webhook/" + tokens.open(tenant, id, stored.token());
    }

    private @Nullable Instant stillWorks(@Nullable Instant until) {
        return until != null && until.isAfter(clock.instant()) ? until : null;
    }
}
