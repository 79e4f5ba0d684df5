package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.integration.IntegrationUpdate;
import io.sluice.contract.integration.NewIntegration;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.integrations.audit.Audit;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.deployment.Deployer;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.security.ETags;
import io.sluice.integrations.template.Template;
import io.sluice.integrations.template.TemplateService;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Use cases of integrations. Each write is one transaction that ends by deploying the new state. */
@Singleton
public class IntegrationService {

    private final Jdbi jdbi;
    private final IntegrationStore store;
    private final IntegrationReads reads;
    private final TemplateService templates;
    private final ConnectionStore connections;
    private final Deployer deployer;

    IntegrationService(
            Jdbi jdbi,
            IntegrationStore store,
            IntegrationReads reads,
            TemplateService templates,
            ConnectionStore connections,
            Deployer deployer) {
        this.jdbi = jdbi;
        this.store = store;
        this.reads = reads;
        this.templates = templates;
        this.connections = connections;
        this.deployer = deployer;
    }

    /** @throws ProblemException when the tenant has no such integration */
    public Integration get(String tenant, UUID id) {
        return reads.find(tenant, id).orElseThrow(IntegrationService::none);
    }

    /** The template, in the version that the integration runs. */
    public Template templateOf(String tenant, UUID id) {
        IntegrationStore.Stored stored = store.find(tenant, id).orElseThrow(IntegrationService::none);
        return templates.get(tenant, stored.template());
    }

    /** @throws ProblemException that names every field that needs another value */
    public Integration create(Caller caller, NewIntegration wanted) {
        Template template = templates
                .find(caller.tenant(), wanted.template())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNKNOWN_TEMPLATE,
                        "There is no template “" + wanted.template() + "”; GET /api/v1/templates lists them.",
                        List.of(new FieldProblem("/template", "there is no such template"))));
        UUID id = UUID.randomUUID();
        Draft draft = Draft.checked(
                id,
                caller.tenant(),
                template,
                new Draft.Wanted(
                        wanted.name(),
                        wanted.description(),
                        wanted.categories(),
                        wanted.configuration(),
                        wanted.connections()),
                connections,
                caller.name());
        jdbi.useTransaction(handle -> {
            IntegrationStore.insert(handle, draft);
            noted(handle, caller, id, MissingNode.getInstance());
            deployer.deploy(handle, caller.tenant(), id);
        });
        return get(caller.tenant(), id);
    }

    /** @throws ProblemException when it is gone, was changed meanwhile, or fields are wrong */
    public Integration update(Caller caller, UUID id, OptionalLong expected, IntegrationUpdate wanted) {
        change(caller, id, expected, (handle, stored) -> {
            Template template = upgraded(caller.tenant(), stored, wanted);
            Draft draft = Draft.checked(
                    id,
                    caller.tenant(),
                    template,
                    new Draft.Wanted(
                            wanted.name(),
                            wanted.description(),
                            wanted.categories(),
                            wanted.configuration(),
                            wanted.connections()),
                    connections,
                    caller.name());
            IntegrationStore.update(handle, draft);
        });
        return get(caller.tenant(), id);
    }

    /** @throws ProblemException when it is gone or was changed meanwhile */
    public void delete(Caller caller, UUID id, OptionalLong expected) {
        String tenant = caller.tenant();
        jdbi.useTransaction(handle -> {
            IntegrationStore.Stored stored =
                    IntegrationStore.lock(handle, tenant, id).orElseThrow(IntegrationService::none);
            ETags.check(expected, stored.revision());
            JsonNode before = Audit.integration(handle, tenant, id);
            IntegrationStore.delete(handle, tenant, id);
            noted(handle, caller, id, before);
            deployer.remove(handle, tenant, id);
        });
    }

    /** A copy with its triggers off: no webhook, no schedules, no cursor. */
    public Integration copy(Caller caller, UUID id) {
        IntegrationStore.Stored stored = store.find(caller.tenant(), id).orElseThrow(IntegrationService::none);
        String name = "Copy of " + stored.name();
        return create(
                caller,
                new NewIntegration(
                        stored.template(),
                        name.length() > 200 ? name.substring(0, 200) : name,
                        stored.description(),
                        stored.categories(),
                        stored.configuration(),
                        stored.connections()));
    }

    /**
     * Changes an integration or what hangs on it (webhook, schedules): locked, checked against the version that the
     * change is based on, deployed.
     */
    public void change(Caller caller, UUID id, OptionalLong expected, Consumer<Handle> change) {
        change(caller, id, expected, (handle, stored) -> change.accept(handle));
    }

    private void change(
            Caller caller, UUID id, OptionalLong expected, BiConsumer<Handle, IntegrationStore.Stored> change) {
        String tenant = caller.tenant();
        jdbi.useTransaction(handle -> {
            IntegrationStore.Stored stored =
                    IntegrationStore.lock(handle, tenant, id).orElseThrow(IntegrationService::none);
            ETags.check(expected, stored.revision());
            JsonNode before = Audit.integration(handle, tenant, id);
            change.accept(handle, stored);
            noted(handle, caller, id, before);
            deployer.deploy(handle, tenant, id);
        });
    }

    private static void noted(Handle handle, Caller caller, UUID id, JsonNode before) {
        JsonNode after = Audit.integration(handle, caller.tenant(), id);
        Audit.note(handle, caller, Audit.Kind.INTEGRATION, id.toString(), before, after);
    }

    private Template upgraded(String tenant, IntegrationStore.Stored stored, IntegrationUpdate wanted) {
        if (wanted.template() == null) {
            return templates.get(tenant, stored.template());
        }
        Template template = templates
                .find(tenant, wanted.template())
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNKNOWN_TEMPLATE,
                        "There is no template “" + wanted.template() + "”.",
                        List.of(new FieldProblem("/template", "there is no such template"))));
        if (!stored.template().startsWith(template.name() + ":")) {
            throw ProblemException.field(
                    "/template", "an integration keeps its template; only the version can be another");
        }
        return template;
    }

    static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such integration.");
    }
}
