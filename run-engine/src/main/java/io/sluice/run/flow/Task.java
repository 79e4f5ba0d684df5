package io.sluice.run.flow;

import io.sluice.run.expression.Expression;
import io.sluice.run.expression.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled task. */
public sealed interface Task {

    Frame frame();

    /** What every task has around its own work. */
    record Frame(
            String name,
            String pointer,
            @Nullable Expression condition,
            @Nullable Value inputFrom,
            @Nullable Value outputAs,
            @Nullable Value exportAs,
            @Nullable Duration timeout,
            Then then) {}

    /** Makes a value. */
    record SetTask(Frame frame, Value value) implements Task {}

    /** Runs tasks in a scope of their own. */
    record DoTask(Frame frame, TaskList tasks) implements Task {}

    /** Runs tasks for each item; each iteration's input is the output of the one before. */
    record ForTask(
            Frame frame,
            String each,
            String at,
            Expression in,
            @Nullable Expression whileTrue,
            TaskList tasks) implements Task {}

    /** Chooses where to go on. */
    record SwitchTask(Frame frame, List<Case> cases) implements Task {}

    /** One way of a switch; without a condition it is the default. */
    record Case(String name, @Nullable Expression when, Then then) {}

    /** Runs tasks and answers their errors. */
    record TryTask(Frame frame, TaskList tasks, Catch catching) implements Task {}

    /** Which errors are caught, and what is done then. */
    record Catch(
            Map<String, Object> with,
            String as,
            @Nullable Expression when,
            @Nullable Expression exceptWhen,
            @Nullable Retry retry,
            @Nullable TaskList handler) {}

    /** Calls an HTTP API. */
    record HttpTask(
            Frame frame,
            String method,
            Value uri,
            @Nullable String authentication,
            Map<String, Value> headers,
            Map<String, Value> query,
            @Nullable Value body,
            Output output)
            implements Task {}

    /** What a call's result is: the parsed body, status and headers with it, or the body in base64. */
    enum Output {
        CONTENT,
        RESPONSE,
        RAW
    }

    /** Waits. */
    record WaitTask(Frame frame, Duration duration) implements Task {}

    /** Ends with an error of the flow's own. */
    record RaiseTask(
            Frame frame,
            Value status,
            Value type,
            Value title,
            @Nullable Value detail) implements Task {}

    /** The kind's word in logs. */
    default String kind() {
        return switch (this) {
            case SetTask _ -> "set";
            case DoTask _ -> "do";
            case ForTask _ -> "for";
            case SwitchTask _ -> "switch";
            case TryTask _ -> "try";
            case HttpTask _ -> "call";
            case WaitTask _ -> "wait";
            case RaiseTask _ -> "raise";
        };
    }

    /** The lists of tasks inside this one. */
    default List<TaskList> children() {
        return switch (this) {
            case DoTask task -> List.of(task.tasks());
            case ForTask task -> List.of(task.tasks());
            case TryTask task ->
                Optional.ofNullable(task.catching().handler())
                        .map(handler -> List.of(task.tasks(), handler))
                        .orElse(List.of(task.tasks()));
            case SetTask _, SwitchTask _, HttpTask _, WaitTask _, RaiseTask _ -> List.of();
        };
    }
}
