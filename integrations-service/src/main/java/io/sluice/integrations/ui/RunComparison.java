package io.sluice.integrations.ui;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Two runs of an integration beside each other. */
public record RunComparison(
        RunView left, RunView right, List<Fact> facts, List<StepPair> steps, LineDiff event, LineDiff output) {

    /** One thing to know of both. */
    public record Fact(String name, String left, String right) {

        public boolean isDifferent() {
            return !left.equals(right);
        }
    }

    /** The same visit of a step in both; absent where one of them did not come to it. */
    public record StepPair(
            String name, @Nullable StepView left, @Nullable StepView right, LineDiff request, LineDiff response) {

        static StepPair of(@Nullable StepView left, @Nullable StepView right) {
            return new StepPair(
                    left != null ? left.name() : right != null ? right.name() : "",
                    left,
                    right,
                    LineDiff.of(request(left), request(right)),
                    LineDiff.of(response(left), response(right)));
        }

        private static String request(@Nullable StepView step) {
            return step == null || step.request() == null ? "" : step.request().text();
        }

        private static String response(@Nullable StepView step) {
            return step == null || step.response() == null
                    ? ""
                    : step.response().text();
        }

        /** Whether the two did not do the same; that one took longer is no difference. */
        public boolean isDifferent() {
            return left == null || right == null || !left.mark().equals(right.mark()) || isExchangeDifferent();
        }

        public boolean isExchangeDifferent() {
            return request.isDifferent() || response.isDifferent();
        }
    }

    static RunComparison of(RunView left, RunView right) {
        Map<String, StepView> before = lastOfEachVisit(left);
        Map<String, StepView> after = lastOfEachVisit(right);
        Set<String> visits = new LinkedHashSet<>(before.keySet());
        visits.addAll(after.keySet());
        return new RunComparison(
                left,
                right,
                facts(left, right),
                visits.stream()
                        .map(visit -> StepPair.of(before.get(visit), after.get(visit)))
                        .toList(),
                LineDiff.of(left.event(), right.event()),
                LineDiff.of(left.output(), right.output()));
    }

    /** A long run is compared by the steps of its first page. */
    public boolean isPartial() {
        return left.moreStepsAfter() != null || right.moreStepsAfter() != null;
    }

    private static Map<String, StepView> lastOfEachVisit(RunView run) {
        Map<String, StepView> steps = new LinkedHashMap<>();
        run.steps().forEach(step -> steps.put(step.visit(), step));
        return steps;
    }

    private static List<Fact> facts(RunView left, RunView right) {
        return List.of(
                new Fact("Result", left.row().mark().words(), right.row().mark().words()),
                new Fact("Reason", left.row().reason(), right.row().reason()),
                new Fact("Started by", left.row().startedBy(), right.row().startedBy()),
                new Fact(
                        "Attempts",
                        String.valueOf(left.row().attempt()),
                        String.valueOf(right.row().attempt())),
                new Fact("Took", left.row().took(), right.row().took()),
                new Fact("Template", left.template(), right.template()));
    }
}
