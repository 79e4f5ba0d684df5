package io.sluice.integrations.ui;

import io.sluice.contract.run.RunError;
import io.sluice.contract.run.Step;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step as a line of the timeline and what opens below it.
 *
 * @param call whom it called and what came back, in short; empty when it called nobody
 * @param bar its share of the run's time; absent when another run did it
 */
public record StepView(
        long seq,
        String visit,
        String name,
        String kind,
        StateMark mark,
        int attempt,
        Instant startedAt,
        String took,
        String call,
        Timeline.@Nullable Bar bar,
        @Nullable RunError error,
        @Nullable MessageView request,
        @Nullable MessageView response) {

    private static final Pattern SCHEME = Pattern.compile("^https?://");

    static StepView of(Step step, UUID runId, String path, Timeline timeline) {
        String id = runId + "-" + step.seq();
        String download = path + "/steps/" + step.seq();
        return new StepView(
                step.seq(),
                step.visit(),
                step.name(),
                step.kind(),
                StateMark.ofStep(step.status()),
                step.attempt(),
                step.startedAt(),
                Took.words(step.durationMs()),
                call(step),
                Boolean.TRUE.equals(step.reused()) ? null : timeline.bar(step.startedAt(), step.durationMs()),
                step.error(),
                step.request() == null ? null : MessageView.of(step.request(), "request-" + id, download + "/request"),
                step.response() == null
                        ? null
                        : MessageView.of(step.response(), "response-" + id, download + "/response"));
    }

    public boolean isFailed() {
        return mark.css().equals("failed");
    }

    /** Done by the run that this one goes on from. */
    public boolean isReused() {
        return bar == null;
    }

    private static String call(Step step) {
        if (step.request() == null) {
            return "";
        }
        String url = SCHEME.matcher(step.request().url()).replaceFirst("");
        int query = url.indexOf('?');
        String target = step.request().method() + " " + (query < 0 ? url : url.substring(0, query));
        return step.response() == null
                ? target
                : target + " · " + step.response().status();
    }
}
