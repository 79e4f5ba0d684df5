package io.sluice.integrations.ui;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunError;
import io.sluice.contract.run.RunStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run in full.
 *
 * @param logs the path of the integration's logs
 * @param failed where a replay from the failure begins
 * @param event indented, empty when there was none
 * @param output likewise
 * @param moreStepsAfter where the steps go on that are not among these
 */
public record RunView(
        RunRow row,
        String logs,
        String template,
        @Nullable RunError error,
        @Nullable Advice advice,
        @Nullable Instant notBefore,
        @Nullable UUID replayOf,
        @Nullable FailedTask failed,
        List<StepView> steps,
        @Nullable Long moreStepsAfter,
        String event,
        String output) {

    static RunView of(Run run, String logs, Instant now) {
        RunRow row = RunRow.of(run, logs, now);
        Timeline timeline = Timeline.of(run, now);
        List<StepView> steps = run.steps().stream()
                .map(step -> StepView.of(step, run.id(), row.path(), timeline))
                .toList();
        return new RunView(
                row,
                logs,
                run.template(),
                run.error(),
                run.error() == null ? null : Advice.of(run.error()),
                run.notBefore(),
                run.replayOf(),
                run.status() == RunStatus.FAILED ? failed(run, steps).orElse(null) : null,
                steps,
                run.moreStepsAfter(),
                run.event() == null ? "" : Pretty.json(run.event()),
                run.output() == null ? "" : Pretty.json(run.output()));
    }

    /** Of a step in a loop the very visit, where it is among these steps. */
    private static Optional<FailedTask> failed(Run run, List<StepView> steps) {
        Optional<FailedTask> task = FailedTask.of(run.error());
        if (run.moreStepsAfter() != null) {
            return task;
        }
        return steps.reversed().stream()
                .filter(StepView::isFailed)
                .filter(step -> task.isEmpty() || task.get().name().equals(step.name()))
                .findFirst()
                .map(step -> new FailedTask(step.name(), step.visit()))
                .or(() -> task);
    }

    /** The integration's path, where its tabs are. */
    public String integration() {
        return logs.substring(0, logs.length() - "/logs".length());
    }

    /** What a replay may begin from: each visit once, in its order. */
    List<StepView> beginnings() {
        return steps.stream()
                .collect(Collectors.toMap(
                        StepView::visit, step -> step, (first, again) -> first, LinkedHashMap<String, StepView>::new))
                .values()
                .stream()
                .toList();
    }
}
