package io.sluice.run.step;

import io.sluice.contract.run.RunError;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Value;
import io.sluice.run.expression.Weight;
import io.sluice.run.flow.Flow;
import io.sluice.run.flow.Task;
import io.sluice.run.flow.TaskList;
import io.sluice.run.flow.Then;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks one flow for one run, on the calling thread. Not for use by several threads, nor twice. */
public final class Interpreter {

    private final Flow flow;
    private final RunInput run;
    private final Journal journal;
    private final RunControl control;
    private final InstantSource clock;
    private final HttpStep http;
    private final TryStep tries;
    private final boolean trial;
    private final Held held = new Held();
    private @Nullable Object context;

    public Interpreter(Flow flow, RunInput run, RunPorts ports, RunControl control) {
        this(flow, run, ports, control, false);
    }

    /** @param trial whether calls go nowhere and waits take no time */
    public Interpreter(Flow flow, RunInput run, RunPorts ports, RunControl control, boolean trial) {
        this.trial = trial;
        this.flow = flow;
        this.run = run;
        this.journal = ports.journal();
        this.control = control;
        this.clock = ports.clock();
        this.http = new HttpStep(ports, control, run, trial);
        this.tries = new TryStep(this, control, ports.random());
        this.context = journal.context();
    }

    /**
     * Runs to the end.
     *
     * @return the flow's output
     * @throws StepFailure when a task failed and nothing caught it
     * @throws RunStopped when the run was stopped from outside or a limit is used up
     */
    public @Nullable Object run() {
        try {
            return walk();
        } catch (StackOverflowError e) {
            throw control.tooDeep();
        } catch (OutOfMemoryError e) {
            throw control.outOfMemory();
        } finally {
            control.close();
        }
    }

    private @Nullable Object walk() {
        Map<String, @Nullable Object> given = run.asData();
        control.received(Weight.of(given, Long.MAX_VALUE));
        Scope scope = Scope.EMPTY;
        Object input = evaluate(flow.inputFrom(), given, scope, "", "/input/from", given);
        Map<String, @Nullable Object> workflow = HashMap.newHashMap(2);
        workflow.put("id", run.runId().toString());
        workflow.put("input", input);
        scope = scope.with("workflow", workflow);
        Object output = list(flow.tasks(), input, scope, Visit.ROOT).output();
        return evaluate(flow.outputAs(), output, scope.with("context", context), "", "/output/as", output);
    }

    /** What a list or task left behind, and whether the whole flow is to end here. */
    record Flowing(@Nullable Object output, boolean ended) {}

    Flowing list(TaskList list, @Nullable Object input, Scope scope, Visit visit) {
        held.push(input);
        String around = control.at(null);
        try {
            return tasks(list, input, scope, visit);
        } finally {
            control.at(around);
            held.pop();
        }
    }

    private Flowing tasks(TaskList list, @Nullable Object input, Scope scope, Visit visit) {
        Object data = input;
        int[] visits = new int[list.tasks().size()];
        int position = 0;
        while (position < list.tasks().size()) {
            Task task = list.tasks().get(position);
            control.step(task.frame().pointer());
            Visit here = visit.task(task.frame().name(), ++visits[position]);
            Done done = task(task, data, scope, here);
            data = done.output();
            measure(data, scope);
            if (done.ended()) {
                return new Flowing(data, true);
            }
            switch (done.then()) {
                case Then.Next _ -> position++;
                case Then.Exit _ -> position = list.tasks().size();
                case Then.End _ -> {
                    return new Flowing(data, true);
                }
                case Then.Goto(var target) ->
                    position = Objects.requireNonNull(list.positions().get(target));
            }
        }
        return new Flowing(data, false);
    }

    /** What came since it was last measured may be garbage by now. */
    private void measure(@Nullable Object data, Scope scope) {
        if (control.isVague()) {
            control.holds(held.weight(data, context, scope));
        }
    }

    private record Done(@Nullable Object output, Then then, boolean ended) {}

    private Done task(Task task, @Nullable Object rawInput, Scope scope, Visit visit) {
        Task.Frame frame = task.frame();
        var stored = journal.find(visit.path());
        if (stored.isPresent() && (task instanceof Task.HttpTask || task instanceof Task.WaitTask)) {
            // Done by an earlier attempt: neither its condition nor its work is looked at again.
            apply(stored.get().change());
            return new Done(stored.get().output(), frame.then(), false);
        }
        Scope seen = scope.with("context", context);
        if (!isTrue(frame.condition(), rawInput, seen, frame.pointer(), "/if")) {
            journal.note(record(task, visit, "skipped", clock.instant(), null));
            return new Done(rawInput, new Then.Next(), false);
        }
        Object input = evaluate(frame.inputFrom(), rawInput, seen, frame.pointer(), "/input/from", rawInput);
        Duration timeout = frame.timeout();
        if (timeout == null) {
            return work(task, input, seen.with("input", input), visit);
        }
        long before = control.narrow(timeout);
        long own = control.taskDeadline();
        try {
            return work(task, input, seen.with("input", input), visit);
        } catch (RunControl.TaskTimeout e) {
            if (e.of() != own || own == before) {
                throw e;
            }
            throw new StepFailure(
                    new RunError("timeout", 408, "The task took longer than " + timeout, null, frame.pointer()),
                    true,
                    null,
                    e);
        } finally {
            control.restore(before);
        }
    }

    private Done work(Task task, @Nullable Object input, Scope scope, Visit visit) {
        return switch (task) {
            case Task.HttpTask call -> remembered(call, scope, () -> http.call(call, input, scope, visit));
            case Task.WaitTask wait -> remembered(wait, scope, () -> waited(wait, input, visit));
            case Task.SetTask set ->
                simple(
                        set,
                        visit,
                        scope,
                        () -> evaluate(set.value(), input, scope, set.frame().pointer(), "/set", null));
            case Task.SwitchTask choice -> choose(choice, input, scope, visit);
            case Task.RaiseTask raise -> throw raised(raise, input, scope, visit);
            case Task.DoTask tasks -> scoped(tasks, list(tasks.tasks(), input, scope, visit), scope, visit);
            case Task.ForTask loop -> scoped(loop, loop(loop, input, scope, visit), scope, visit);
            case Task.TryTask attempt -> scoped(attempt, tries.run(attempt, input, scope, visit), scope, visit);
        };
    }

    /** A step that acts on the world, or takes time: its result is stored, and an attempt that finds it goes on. */
    private Done remembered(Task task, Scope scope, java.util.function.Supplier<HttpStep.Acted> act) {
        HttpStep.Acted acted = act.get();
        Object output;
        Journal.ContextChange change;
        try {
            output = output(task.frame(), acted.result(), scope);
            change = export(task.frame(), output, scope);
        } catch (StepFailure e) {
            // The call was made: what was sent and answered must be readable.
            journal.note(acted.record().failed(e.error()));
            throw e;
        } catch (RunStopped.LimitReached e) {
            journal.note(acted.record().failed(e.error()));
            throw e;
        }
        journal.finish(acted.record(), output, change);
        apply(change);
        return new Done(output, task.frame().then(), false);
    }

    private Done simple(Task task, Visit visit, Scope scope, java.util.function.Supplier<@Nullable Object> work) {
        Instant startedAt = clock.instant();
        Object output;
        Journal.ContextChange change;
        try {
            output = output(task.frame(), work.get(), scope);
            change = export(task.frame(), output, scope);
        } catch (StepFailure e) {
            journal.note(record(task, visit, "failed", startedAt, e.error()));
            throw e;
        }
        StepRecord done = record(task, visit, "succeeded", startedAt, null);
        if (change == null) {
            journal.note(done);
        } else {
            exported(visit, done, output, change);
        }
        return new Done(output, task.frame().then(), false);
    }

    private Done scoped(Task task, Flowing flowing, Scope scope, Visit visit) {
        Scope after = scope.with("context", context);
        Object output = output(task.frame(), flowing.output(), after);
        Journal.ContextChange change = export(task.frame(), output, after);
        if (change != null) {
            Visit end = visit.part("export");
            exported(end, record(task, end, "succeeded", clock.instant(), null), null, change);
        }
        return new Done(output, task.frame().then(), flowing.ended());
    }

    /** Exports once: an attempt that finds the export stored takes the value that it had then. */
    private void exported(Visit visit, StepRecord record, @Nullable Object output, Journal.ContextChange change) {
        var stored = journal.find(visit.path());
        if (stored.isPresent()) {
            apply(stored.get().change());
        } else {
            journal.finish(record, output, change);
            apply(change);
        }
    }

    @Nullable
    Object context() {
        return context;
    }

    private void apply(Journal.@Nullable ContextChange change) {
        if (change != null) {
            context = change.value();
        }
    }

    private HttpStep.Acted waited(Task.WaitTask wait, @Nullable Object input, Visit visit) {
        Instant startedAt = clock.instant();
        Pause.sleep(trial ? Duration.ZERO : wait.duration(), control);
        return new HttpStep.Acted(input, record(wait, visit, "succeeded", startedAt, null));
    }

    private Done choose(Task.SwitchTask choice, @Nullable Object input, Scope scope, Visit visit) {
        Task.Frame frame = choice.frame();
        for (Task.Case way : choice.cases()) {
            if (isTrue(way.when(), input, scope, frame.pointer(), "/switch")) {
                Done done = simple(choice, visit, scope, () -> input);
                return new Done(done.output(), way.then(), false);
            }
        }
        return simple(choice, visit, scope, () -> input);
    }

    private Flowing loop(Task.ForTask loop, @Nullable Object input, Scope scope, Visit visit) {
        Object in = evaluate(loop.in(), input, scope, loop.frame().pointer(), "/for/in");
        List<?> items = in == null ? List.of() : in instanceof List<?> list ? list : List.of(in);
        held.push(items);
        try {
            return iterations(loop, items, input, scope, visit);
        } finally {
            held.pop();
        }
    }

    private Flowing iterations(Task.ForTask loop, List<?> items, @Nullable Object input, Scope scope, Visit visit) {
        Object data = input;
        for (int i = 0; i < items.size(); i++) {
            Scope inside =
                    scope.with(loop.each(), items.get(i)).with(loop.at(), i).with("context", context);
            if (!isTrue(loop.whileTrue(), data, inside, loop.frame().pointer(), "/while")) {
                break;
            }
            Flowing flowing = list(loop.tasks(), data, inside, visit.iteration(i));
            data = flowing.output();
            if (flowing.ended()) {
                return flowing;
            }
        }
        return new Flowing(data, false);
    }

    private StepFailure raised(Task.RaiseTask raise, @Nullable Object input, Scope scope, Visit visit) {
        String pointer = raise.frame().pointer();
        Object status = evaluate(raise.status(), input, scope, pointer, "/raise/error/status", null);
        Object title = evaluate(raise.title(), input, scope, pointer, "/raise/error/title", null);
        Object detail = evaluate(raise.detail(), input, scope, pointer, "/raise/error/detail", null);
        RunError error = new RunError(
                "raised",
                status instanceof Number number ? number.intValue() : 500,
                Bodies.text(title).map(http::loggable).orElse("Raised by the flow"),
                Bodies.text(detail).map(http::loggable).orElse(null),
                pointer);
        journal.note(record(raise, visit, "failed", clock.instant(), error));
        return new StepFailure(error, null);
    }

    private @Nullable Object output(Task.Frame frame, @Nullable Object raw, Scope scope) {
        return evaluate(frame.outputAs(), raw, scope, frame.pointer(), "/output/as", raw);
    }

    private Journal.@Nullable ContextChange export(Task.Frame frame, @Nullable Object output, Scope scope) {
        Value as = frame.exportAs();
        return as == null
                ? null
                : new Journal.ContextChange(
                        evaluate(as, output, scope.with("output", output), frame.pointer(), "/export/as", null));
    }

    private StepRecord record(Task task, Visit visit, String status, Instant startedAt, @Nullable RunError error) {
        return new StepRecord(
                task.frame().pointer(),
                visit.path(),
                task.frame().name(),
                task.kind(),
                status,
                1,
                startedAt,
                Duration.between(startedAt, clock.instant()),
                null,
                null,
                error);
    }

    /** @param member of the task, where the condition stands; put to the pointer only when it fails */
    boolean isTrue(@Nullable Expression condition, @Nullable Object input, Scope scope, String pointer, String member) {
        return condition == null || Truth.of(evaluate(condition, input, scope, pointer, member));
    }

    private @Nullable Object evaluate(
            Expression expression, @Nullable Object input, Scope scope, String pointer, String member) {
        try {
            return expression.evaluate(input, scope, control);
        } catch (ExpressionException e) {
            throw expressionFailure(e, pointer + member);
        }
    }

    private @Nullable Object evaluate(
            @Nullable Value value,
            @Nullable Object input,
            Scope scope,
            String pointer,
            String member,
            @Nullable Object otherwise) {
        if (value == null) {
            return otherwise;
        }
        try {
            return value.evaluate(input, scope, control);
        } catch (ExpressionException e) {
            throw expressionFailure(e, pointer + member);
        }
    }

    static StepFailure expressionFailure(ExpressionException e, String pointer) {
        return new StepFailure(new RunError("expression", 400, "An expression failed", e.getMessage(), pointer), e);
    }
}
