package io.sluice.run.step;

import io.sluice.run.flow.Retry;
import io.sluice.run.flow.Task;
import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Runs a {@code try}: its tasks, again as its policy says, and its handler in the end. */
final class TryStep {

    private final Interpreter interpreter;
    private final RunControl control;
    private final RandomGenerator random;

    TryStep(Interpreter interpreter, RunControl control, RandomGenerator random) {
        this.interpreter = interpreter;
        this.control = control;
        this.random = random;
    }

    Interpreter.Flowing run(Task.TryTask task, @Nullable Object input, Scope scope, Visit visit) {
        Task.Catch catching = task.catching();
        Duration leftAtStart = control.left();
        for (int attempt = 1; ; attempt++) {
            try {
                return interpreter.list(task.tasks(), input, scope, visit.part("try"));
            } catch (StepFailure failure) {
                Scope caught = scope.with(catching.as(), failure.asData()).with("context", interpreter.context());
                if (!catches(catching, failure, input, caught, task.frame().pointer())) {
                    throw failure;
                }
                Retry retry = catching.retry();
                if (retry == null || attempt > retry.maxAttempts() || !waited(retry, attempt, failure, leftAtStart)) {
                    return handled(catching, failure, input, caught, visit);
                }
            }
        }
    }

    private Interpreter.Flowing handled(
            Task.Catch catching, StepFailure failure, @Nullable Object input, Scope caught, Visit visit) {
        if (catching.handler() != null) {
            return interpreter.list(catching.handler(), input, caught, visit.part("catch"));
        }
        if (catching.retry() != null) {
            // Retried in vain and nobody answers: the error is the task's.
            throw failure;
        }
        return new Interpreter.Flowing(input, false);
    }

    /** Waits for the next attempt, unless it would begin after what the policy or the run's deadline allows. */
    private boolean waited(Retry retry, int attempt, StepFailure failure, Duration leftAtStart) {
        Duration pause = retry.pause(attempt, random);
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(pause) > 0 ? asked : pause;
        Duration spent = leftAtStart.minus(control.left());
        Duration longest = retry.maxDuration();
        if (wait.compareTo(control.left()) >= 0
                || (longest != null && spent.plus(wait).compareTo(longest) > 0)) {
            return false;
        }
        Pause.sleep(wait, control);
        return true;
    }

    private boolean catches(
            Task.Catch catching, StepFailure failure, @Nullable Object input, Scope scope, String pointer) {
        for (Map.Entry<String, Object> wanted : catching.with().entrySet()) {
            Object actual = failure.asData().get(wanted.getKey());
            if (!String.valueOf(wanted.getValue()).equals(String.valueOf(actual))) {
                return false;
            }
        }
        return interpreter.isTrue(catching.when(), input, scope, pointer, "/catch/when")
                && (catching.exceptWhen() == null
                        || !interpreter.isTrue(catching.exceptWhen(), input, scope, pointer, "/catch/exceptWhen"));
    }
}
