package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.contract.webhook.WebhookSettings;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.template.Template;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** An integration's webhook: on and off, how calls are verified, and its URL. */
@Singleton
public class WebhookService {

    private static final int DEFAULT_BODY = 1024 * 1024;
    private static final int LARGEST_BODY = 10 * 1024 * 1024;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private final IntegrationService integrations;
    private final WebhookStore store;
    private final WebhookTokens tokens;
    private final WebhookSecrets secrets;
    private final WebhookConfig config;
    private final InstantSource clock;

    WebhookService(
            IntegrationService integrations,
            WebhookStore store,
            WebhookTokens tokens,
            WebhookSecrets secrets,
            WebhookConfig config,
            InstantSource clock) {
        this.integrations = integrations;
        this.store = store;
        this.tokens = tokens;
        this.secrets = secrets;
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
                    DEFAULT_BODY,
                    WebhookIntake.DEFAULT,
                    null,
                    null);
        }
        return new Webhook(
                stored.enabled(),
                caller.canEdit()
                        ? config.baseUrl() + "/webhook/" + tokens.open(caller.tenant(), id, stored.token())
                        : null,
                stored.verification().withSecrets(WebhookSecrets.shown(stored.secrets())),
                stored.methods(),
                stored.maxBodyBytes(),
                WebhookIntake.DEFAULT,
                stored.token().previousUntil(),
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
        integrations.change(caller.tenant(), id, expected, handle -> {
            WebhookStore.@Nullable Stored before =
                    WebhookStore.find(handle, caller.tenant(), id).orElse(null);
            WebhookStore.put(
                    handle, caller.tenant(), id, changed(handle, caller.tenant(), id, template, wanted, before));
        });
    }

    private WebhookStore.Stored changed(
            Handle handle,
            String tenant,
            UUID id,
            Template template,
            WebhookSettings wanted,
            WebhookStore.@Nullable Stored before) {
        Verification verification = wanted.verification() != null
                ? wanted.verification()
                : before != null
                        ? before.verification().withSecrets(WebhookSecrets.shown(before.secrets()))
                        : Verification.preset(
                                Objects.requireNonNull(template.triggers().webhook())
                                        .verification(),
                                List.of());
        ArrayNode kept = before == null ? Json.MAPPER.createArrayNode() : (ArrayNode) before.secrets();
        int count = verification.secrets() == null ? 0 : verification.secrets().size();
        if (wanted.enabled() || wanted.verification() != null) {
            VerificationRules.check(verification, count);
        }
        ArrayNode sealed = secrets.stored(handle, tenant, id, verification, kept);
        return new WebhookStore.Stored(
                wanted.enabled(),
                before == null ? tokens.fresh(tenant, id, null, null) : before.token(),
                verification.withSecrets(List.of()),
                sealed,
                wanted.methods() != null
                        ? methods(wanted.methods())
                        : before == null ? List.of("POST") : before.methods(),
                wanted.maxBodyBytes() != null
                        ? maxBody(wanted.maxBodyBytes())
                        : before == null ? DEFAULT_BODY : before.maxBodyBytes());
    }

    /** @throws ProblemException when there is no URL yet */
    public void rotate(Caller caller, UUID id, OptionalLong expected, @Nullable Duration overlap) {
        Duration kept = overlap == null ? Duration.ZERO : overlap;
        if (kept.isNegative() || kept.compareTo(LONGEST_OVERLAP) > 0) {
            throw ProblemException.field("/overlap", "between PT0S and P30D");
        }
        integrations.change(caller.tenant(), id, expected, handle -> {
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
            WebhookStore.put(
                    handle,
                    caller.tenant(),
                    id,
                    new WebhookStore.Stored(
                            before.enabled(),
                            fresh,
                            before.verification(),
                            before.secrets(),
                            before.methods(),
                            before.maxBodyBytes()));
        });
    }

    private static List<String> methods(List<String> wanted) {
        List<String> methods = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            // JSON may bring a null.
            String method = String.valueOf((Object) wanted.get(i)).toUpperCase(Locale.ROOT);
            if (!METHODS.contains(method)) {
                throw ProblemException.field(
                        "/methods/" + i,
                        "one of " + String.join(", ", METHODS.stream().sorted().toList()));
            }
            methods.add(method);
        }
        if (methods.isEmpty()) {
            throw ProblemException.field("/methods", "at least one method");
        }
        return methods.stream().distinct().toList();
    }

    private static int maxBody(int wanted) {
        if (wanted < 1 || wanted > LARGEST_BODY) {
            throw ProblemException.field("/maxBodyBytes", "1 to " + LARGEST_BODY);
        }
        return wanted;
    }
}
