package io.sluice.integrations.integration;

import io.sluice.contract.integration.RetryPolicy;
import io.sluice.contract.integration.RunPolicy;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.security.Caller;
import io.sluice.integrations.template.Template;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Json;
import io.sluice.run.expression.Value;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** How an integration's runs are tried again, bounded and ordered. */
@Singleton
public class RunPolicyService {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final IntegrationService integrations;
    private final Jdbi jdbi;

    RunPolicyService(IntegrationService integrations, Jdbi jdbi) {
        this.integrations = integrations;
        this.jdbi = jdbi;
    }

    /** @throws ProblemException when there is no such integration */
    public RunPolicy get(String tenant, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select policy from integration where id = :id and tenant = :tenant")
                        .bind("id", id)
                        .bind("tenant", tenant)
                        .mapTo(String.class)
                        .findOne())
                .map(text -> Json.parse(text, RunPolicy.class))
                .orElseThrow(IntegrationService::none);
    }

    /** @throws ProblemException that names every field that needs another value */
    public void update(Caller caller, UUID id, OptionalLong expected, RunPolicy wanted) {
        Template template = integrations.templateOf(caller.tenant(), id);
        List<FieldProblem> problems = new ArrayList<>();
        check(wanted.retry(), problems);
        checkOrdering(wanted, template, problems);
        if (!problems.isEmpty()) {
            throw ProblemException.fields(problems);
        }
        integrations.change(
                caller,
                id,
                expected,
                handle -> handle.createUpdate("""
                        update integration set policy = :policy::jsonb, updated_at = now(), updated_by = :by
                         where id = :id and tenant = :tenant
                        """)
                        .bind("policy", Json.text(wanted))
                        .bind("by", caller.name())
                        .bind("id", id)
                        .bind("tenant", caller.tenant())
                        .execute());
    }

    private static void check(@Nullable RetryPolicy retry, List<FieldProblem> problems) {
        if (retry == null) {
            return;
        }
        check(retry.backoff(), "/retry/backoff", problems);
        check(retry.maxBackoff(), "/retry/maxBackoff", problems);
        if (retry.backoff() != null
                && retry.maxBackoff() != null
                && retry.backoff().compareTo(retry.maxBackoff()) > 0) {
            problems.add(new FieldProblem("/retry/maxBackoff", "not shorter than backoff"));
        }
    }

    private static void check(@Nullable Duration pause, String pointer, List<FieldProblem> problems) {
        if (pause != null && (pause.isNegative() || pause.isZero() || pause.compareTo(LONGEST) > 0)) {
            problems.add(new FieldProblem(pointer, "longer than nothing and at most P1D"));
        }
    }

    private static void checkOrdering(RunPolicy wanted, Template template, List<FieldProblem> problems) {
        if (wanted.ordering() == null) {
            return;
        }
        if (template.flow().usesContext()) {
            problems.add(new FieldProblem(
                    "/ordering", "the template keeps a context between runs, so they go one after the other anyway"));
        }
        String key = wanted.ordering().key();
        try {
            Expression.compile(Value.isExpression(key) ? Value.source(key) : key);
        } catch (ExpressionException e) {
            problems.add(new FieldProblem("/ordering/key", String.valueOf(e.getMessage())));
        }
    }
}
