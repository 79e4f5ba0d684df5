package io.sluice.integrations.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.contract.connection.CallLimits;
import io.sluice.contract.connection.ConnectionKind;
import io.sluice.contract.connection.ConnectionSettings;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.integrations.audit.Audit;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.security.ETags;
import io.sluice.integrations.security.Seals;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** Keeps connections: secrets go in sealed and never come out. */
@Singleton
public class ConnectionService {

    private static final int LONGEST_VALUE = 10_000;
    private static final Duration SHORTEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

    private final Jdbi jdbi;
    private final ConnectionStore store;
    private final Seals seals;
    private final ConnectionUsers users;

    public ConnectionService(Jdbi jdbi, ConnectionStore store, Seals seals, ConnectionUsers users) {
        this.jdbi = jdbi;
        this.store = store;
        this.seals = seals;
        this.users = users;
    }

    /** @throws ProblemException when there is no such connection in the tenant */
    public ConnectionStore.Stored get(String tenant, UUID id) {
        return store.find(tenant, id).orElseThrow(ConnectionService::none);
    }

    /** @throws ProblemException when fields are missing or unknown, or the name is taken */
    public ConnectionStore.Stored create(Caller caller, ConnectionSettings wanted) {
        check(wanted, true);
        UUID id = UUID.randomUUID();
        jdbi.useTransaction(handle -> {
            if (!ConnectionStore.insert(handle, draft(caller.tenant(), id, wanted))) {
                throw nameTaken();
            }
            noted(handle, caller, id, MissingNode.getInstance());
        });
        return get(caller.tenant(), id);
    }

    /**
     * Changes a connection; integrations that use it get a new revision, so that the change is in force at once.
     *
     * @throws ProblemException when it is gone, was changed meanwhile, or fields are wrong
     */
    public ConnectionStore.Stored update(Caller caller, UUID id, OptionalLong expected, ConnectionSettings wanted) {
        String tenant = caller.tenant();
        check(wanted, wanted.secrets() != null && !wanted.secrets().isEmpty());
        try {
            jdbi.useTransaction(handle -> {
                // Integrations first, in the order in which every writer locks, so that no two wait for each other.
                List<UUID> affected = users.lockUsersOf(handle, tenant, id);
                ConnectionStore.Stored current =
                        ConnectionStore.lock(handle, tenant, id).orElseThrow(ConnectionService::none);
                ETags.check(expected, current.version());
                if (!users.usersOf(handle, tenant, id).equals(affected)) {
                    // Somebody began to use it while we waited for its lock: that one must be redeployed too.
                    throw new ProblemException(
                            ProblemType.VERSION_CONFLICT, "An integration began to use it at this moment. Try again.");
                }
                if (current.connection().kind() != wanted.kind()) {
                    throw ProblemException.field(
                            "/kind", "the kind of a connection stays; make a new connection for another kind");
                }
                JsonNode before = Audit.connection(handle, tenant, id);
                ConnectionStore.update(handle, draft(tenant, id, wanted));
                noted(handle, caller, id, before);
                users.redeploy(handle, tenant, affected);
            });
        } catch (UnableToExecuteStatementException e) {
            if (String.valueOf(e.getMessage()).contains("connection_name_uq")) {
                throw nameTaken();
            }
            throw e;
        }
        return get(tenant, id);
    }

    /** @throws ProblemException when it is gone, was changed meanwhile, or is used */
    public void delete(Caller caller, UUID id, OptionalLong expected) {
        String tenant = caller.tenant();
        try {
            jdbi.useTransaction(handle -> {
                ConnectionStore.Stored current =
                        ConnectionStore.lock(handle, tenant, id).orElseThrow(ConnectionService::none);
                ETags.check(expected, current.version());
                if (!users.usersOf(handle, tenant, id).isEmpty()) {
                    throw inUse();
                }
                JsonNode before = Audit.connection(handle, tenant, id);
                ConnectionStore.delete(handle, tenant, id);
                noted(handle, caller, id, before);
            });
        } catch (UnableToExecuteStatementException e) {
            // The foreign key decides, also against an integration that starts to use it at this moment.
            if (String.valueOf(e.getMessage()).contains("integration_connection")) {
                throw inUse();
            }
            throw e;
        }
    }

    private ConnectionStore.Draft draft(String tenant, UUID id, ConnectionSettings wanted) {
        Map<String, String> settings = wanted.settings() == null ? Map.of() : new TreeMap<>(wanted.settings());
        if (wanted.secrets() == null || wanted.secrets().isEmpty()) {
            return new ConnectionStore.Draft(
                    id, tenant, wanted.name().strip(), wanted.kind(), settings, limits(wanted), null, null, null);
        }
        String secrets = Json.text(wanted.secrets());
        return new ConnectionStore.Draft(
                id,
                tenant,
                wanted.name().strip(),
                wanted.kind(),
                settings,
                limits(wanted),
                wanted.secrets().keySet().stream().sorted().toList(),
                seals.forIngress(secrets, tenant, id),
                seals.forScheduler(secrets, tenant, id));
    }

    /** Limits that limit nothing are none. */
    private static @Nullable CallLimits limits(ConnectionSettings wanted) {
        CallLimits limits = wanted.limits();
        return limits == null || (limits.maxConcurrent() == null && limits.rate() == null) ? null : limits;
    }

    private static void checkLimits(ConnectionSettings wanted, List<FieldProblem> problems) {
        CallLimits limits = limits(wanted);
        if (limits != null && wanted.kind() == ConnectionKind.WEBHOOK_SECRET) {
            problems.add(new FieldProblem("/limits", "no calls are made with a webhook's secret: leave them out"));
        }
        if (limits != null && limits.rate() != null) {
            Duration per = limits.rate().per();
            if (per.compareTo(SHORTEST_PERIOD) < 0 || per.compareTo(LONGEST_PERIOD) > 0) {
                problems.add(new FieldProblem("/limits/rate/per", "from PT1S to P1D"));
            }
        }
    }

    private static void check(ConnectionSettings wanted, boolean withSecrets) {
        List<FieldProblem> problems = new ArrayList<>();
        ConnectionKind kind = wanted.kind();
        List<String> settings = new ArrayList<>(kind.settings());
        settings.addAll(kind.optionalSettings());
        check(wanted.settings(), kind.settings(), settings, "/settings/", problems);
        check(wanted.secrets(), withSecrets ? kind.secrets() : List.of(), kind.secrets(), "/secrets/", problems);
        checkLimits(wanted, problems);
        if (!problems.isEmpty()) {
            throw ProblemException.fields(problems);
        }
    }

    private static void check(
            @Nullable Map<String, String> given,
            List<String> needed,
            List<String> known,
            String pointer,
            List<FieldProblem> problems) {
        Map<String, String> values = given == null ? Map.of() : given;
        for (String name : needed) {
            String value = values.get(name);
            if (value == null || value.isBlank()) {
                problems.add(new FieldProblem(pointer + name, "is needed"));
            }
        }
        values.forEach((name, value) -> {
            if (!known.contains(name)) {
                problems.add(new FieldProblem(pointer + name, "this kind has " + String.join(", ", known)));
            } else if (value == null) {
                if (!needed.contains(name)) {
                    problems.add(new FieldProblem(pointer + name, "leave it out, or give a text"));
                }
            } else if (value.length() > LONGEST_VALUE) {
                problems.add(new FieldProblem(pointer + name, "at most " + LONGEST_VALUE + " characters"));
            }
        });
    }

    private static ProblemException inUse() {
        return new ProblemException(
                ProblemType.IN_USE, "Integrations use this connection: see usedBy. Give them another one first.");
    }

    private static ProblemException nameTaken() {
        return new ProblemException(
                ProblemType.NAME_TAKEN,
                "A connection of this name exists; choose another name.",
                List.of(new FieldProblem("/name", "is taken")));
    }

    private static void noted(Handle handle, Caller caller, UUID id, JsonNode before) {
        JsonNode after = Audit.connection(handle, caller.tenant(), id);
        Audit.note(handle, caller, Audit.Kind.CONNECTION, id.toString(), before, after);
    }

    private static ProblemException none() {
        return new ProblemException(ProblemType.NOT_FOUND, "There is no such connection.");
    }
}
