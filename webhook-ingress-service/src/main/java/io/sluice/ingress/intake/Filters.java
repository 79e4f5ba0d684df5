package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Json;
import io.sluice.run.step.LargeRuns;
import io.sluice.run.step.Limits;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunStopped;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates an endpoint's own expressions, within bounds that no call can exceed. */
@Singleton
class Filters {

    private static final Duration TIME = Duration.ofSeconds(1);
    /** Small enough never to need a place among the large runs. */
    private static final Limits LIMITS = new Limits(TIME, TIME, 1, 100_000, 500, 8 << 20, 8 << 20);

    private static final LargeRuns NONE_LARGE = new LargeRuns(1, 8 << 20);

    private final InstantSource clock;

    Filters(InstantSource clock) {
        this.clock = clock;
    }

    /** Why an event is not let through; empty when it is. One for which it cannot be told is not. */
    Optional<String> refusal(Expression filter, JsonNode event) {
        try {
            return Boolean.TRUE.equals(evaluate(filter, event))
                    ? Optional.empty()
                    : Optional.of("the filter is not true");
        } catch (ExpressionException | RunStopped e) {
            return Optional.of("the filter failed: " + e.getMessage());
        }
    }

    /** @throws ExpressionException or RunStopped when it fails or comes to a bound */
    @Nullable
    Object evaluate(Expression expression, JsonNode input) {
        return expression.evaluate(
                Json.plain(input), Map.of(), new RunControl(System::nanoTime, clock, TIME, LIMITS, NONE_LARGE));
    }
}
