package io.sluice.run.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.contract.integration.RunPolicy;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Json;
import io.sluice.run.expression.Value;
import io.sluice.run.flow.Flow;
import io.sluice.run.queue.Lane;
import io.sluice.run.queue.NewRun;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** On which terms a run begins, by its integration's policy and its tenant's retention. */
@Singleton
public class RunTerms {

    private static final Logger LOG = Logger.getLogger(RunTerms.class);
    private static final Duration KEY_TIME = Duration.ofSeconds(5);
    /** Small enough never to need a place among the large runs. */
    private static final Limits KEY_LIMITS = new Limits(KEY_TIME, KEY_TIME, 1, 100_000, 500, 8 << 20, 8 << 20);

    private static final LargeRuns NONE_LARGE = new LargeRuns(1, 8 << 20);
    private static final int COMPILED = 10_000;

    private final RetentionConfig retention;
    private final InstantSource clock;
    private final Map<String, Expression> keys = new ConcurrentHashMap<>();

    public RunTerms(RetentionConfig retention, InstantSource clock) {
        this.retention = retention;
        this.clock = clock;
    }

    NewRun.Terms of(Deployment deployment, Flow flow, @Nullable JsonNode event) {
        RunPolicy policy = Objects.requireNonNullElse(deployment.policy(), RunPolicy.NONE);
        return new NewRun.Terms(lane(policy, flow, event), policy.retry(), retention.daysOf(deployment.tenant()));
    }

    private @Nullable Lane lane(RunPolicy policy, Flow flow, @Nullable JsonNode event) {
        if (flow.usesContext()) {
            return Lane.CONTEXT;
        }
        String key = policy.ordering() == null ? null : key(policy.ordering().key(), event);
        if (key != null) {
            return Lane.ofKey(key);
        }
        return policy.maxConcurrent() == null ? null : Lane.LIMIT;
    }

    /** The event's key; an event for which it cannot be told is not ordered, but not lost either. */
    private @Nullable String key(String source, @Nullable JsonNode event) {
        if (keys.size() > COMPILED) {
            keys.clear();
        }
        try {
            Expression expression = keys.computeIfAbsent(
                    source, text -> Expression.compile(Value.isExpression(text) ? Value.source(text) : text));
            Object key = expression.evaluate(
                    Json.plain(event),
                    Map.of(),
                    new RunControl(System::nanoTime, clock, KEY_TIME, KEY_LIMITS, NONE_LARGE));
            String text = key == null ? "" : key instanceof String string ? string : Json.text(key);
            return text.isBlank() ? null : text;
        } catch (ExpressionException | RunStopped e) {
            LOG.debugf("an event has no key: %s", e.getMessage());
            return null;
        }
    }
}
