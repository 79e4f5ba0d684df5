package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.template.ConnectionSlot;
import io.sluice.integrations.connection.ConnectionStore;
import io.sluice.integrations.template.Template;
import io.sluice.run.flow.ParameterSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An integration as somebody wants it, checked against its template. */
record Draft(
        UUID id,
        String tenant,
        Template template,
        String name,
        String description,
        List<String> categories,
        JsonNode configuration,
        Map<String, UUID> connections,
        String by) {

    /** What a person wrote. */
    record Wanted(
            String name,
            @Nullable String description,
            @Nullable List<String> categories,
            @Nullable JsonNode configuration,
            @Nullable Map<String, UUID> connections) {}

    /** @throws ProblemException that names every field that needs another value */
    static Draft checked(UUID id, String tenant, Template template, Wanted wanted, ConnectionStore store, String by) {
        JsonNode configuration =
                wanted.configuration() == null || wanted.configuration().isNull()
                        ? JsonNodeFactory.instance.objectNode()
                        : wanted.configuration();
        Map<String, UUID> connections = wanted.connections() == null ? Map.of() : wanted.connections();
        List<FieldProblem> problems = new ArrayList<>(
                ParameterSchema.violations(template.flow().parameters(), configuration, "/configuration"));
        boolean unknown = checkConnections(tenant, template, connections, store, problems);
        if (unknown && problems.size() == 1) {
            FieldProblem only = problems.getFirst();
            throw new ProblemException(ProblemType.UNKNOWN_CONNECTION, only.pointer() + ": " + only.detail(), problems);
        }
        if (!problems.isEmpty()) {
            throw ProblemException.fields(problems);
        }
        return new Draft(
                id,
                tenant,
                template,
                wanted.name().strip(),
                wanted.description() == null ? "" : wanted.description().strip(),
                wanted.categories() == null
                        ? template.categories()
                        : wanted.categories().stream()
                                .map(String::strip)
                                .distinct()
                                .toList(),
                configuration,
                connections,
                by);
    }

    /** @return whether a connection does not exist */
    private static boolean checkConnections(
            String tenant,
            Template template,
            Map<String, UUID> connections,
            ConnectionStore store,
            List<FieldProblem> problems) {
        boolean unknown = false;
        for (ConnectionSlot slot : template.slots()) {
            UUID id = connections.get(slot.name());
            String pointer = "/connections/" + slot.name();
            if (id == null) {
                problems.add(new FieldProblem(pointer, "is needed: the id of a connection of kind " + slot.kinds()));
                continue;
            }
            Optional<ConnectionStore.Stored> found = store.find(tenant, id);
            if (found.isEmpty()) {
                unknown = true;
                problems.add(
                        new FieldProblem(pointer, "there is no such connection; GET /api/v1/connections lists them"));
            } else if (!slot.kinds().contains(found.get().connection().kind())) {
                problems.add(new FieldProblem(
                        pointer,
                        "is of kind " + found.get().connection().kind().wireName() + "; this takes "
                                + slot.kinds().stream()
                                        .map(kind -> kind.wireName())
                                        .toList()));
            }
        }
        connections.keySet().stream()
                .filter(name ->
                        template.slots().stream().noneMatch(slot -> slot.name().equals(name)))
                .forEach(name ->
                        problems.add(new FieldProblem("/connections/" + name, "the template has no such connection")));
        return unknown;
    }
}
