package io.sluice.run.executor;

import io.sluice.contract.run.RunError;
import io.sluice.run.expression.Json;
import io.sluice.run.flow.Flow;
import io.sluice.run.http.Credential;
import io.sluice.run.http.HttpSender;
import io.sluice.run.queue.ClaimedRun;
import io.sluice.run.queue.RunEnd;
import io.sluice.run.step.Interpreter;
import io.sluice.run.step.RunControl;
import io.sluice.run.step.RunInput;
import io.sluice.run.step.RunPorts;
import io.sluice.run.step.RunStopped;
import io.sluice.run.step.StepFailure;
import io.sluice.run.store.StepLogStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** One attempt of one run, from its claim to how it ended. */
final class Attempt {

    private static final Logger LOG = Logger.getLogger(Attempt.class);

    /** What attempts need. */
    record Needs(
            Function<String, Flow> flows,
            BiFunction<ClaimedRun, String, Optional<Credential>> credentials,
            HttpSender http,
            StepLogStore steps,
            InstantSource clock,
            RandomGenerator random,
            RunObserver observer) {}

    private final ClaimedRun run;
    private final RunControl control;
    private final Needs needs;
    private final RetryRule retry;

    Attempt(ClaimedRun run, RunControl control, Needs needs, RetryRule retry) {
        this.run = run;
        this.control = control;
        this.needs = needs;
        this.retry = retry;
    }

    /** How it ended and what of the log is not written yet. */
    record Outcome(RunEnd end, java.util.List<io.sluice.run.step.StepRecord> steps) {}

    /**
     * @param observed is told what happens
     * @param watch is told the journal, to have it written while the run goes on
     * @throws RunStopped.LeaseLost when the run belongs to somebody else by now
     */
    Outcome execute(Flow flow, RunObserver.Attempted observed, Consumer<RunJournal> watch) {
        RunJournal journal = new RunJournal(run, flow.usesContext(), needs.steps(), control, needs.clock(), observed);
        watch.accept(journal);
        RunPorts ports = new RunPorts(
                journal,
                call -> needs.http().send(call.forTenant(run.tenant())),
                slot -> needs.credentials().apply(run, slot),
                needs.clock(),
                needs.random());
        RunInput input = new RunInput(
                run.id(),
                run.keyRoot(),
                run.attempt(),
                run.startedAt(),
                Json.plain(run.params()),
                run.event() == null ? null : Json.plain(run.event()));
        RunEnd end;
        try {
            Object output = new Interpreter(flow, input, ports, control).run();
            end = new RunEnd.Succeeded(output == null ? null : Json.tree(output));
        } catch (StepFailure e) {
            end = ended(retry.pause(run.attempt(), e), e.error());
        } catch (RunStopped.Cancelled e) {
            end = new RunEnd.Cancelled();
        } catch (RunStopped.LimitReached e) {
            end = new RunEnd.Failed(e.error());
        } catch (RunStopped.Parked e) {
            end = new RunEnd.Parked(e.delay(), String.valueOf(e.getMessage()));
        } catch (RunStopped.LeaseLost e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            Optional<RunEnd> stopped = stopped();
            if (stopped.isPresent()) {
                return new Outcome(stopped.get(), journal.rest());
            }
            if (DatabaseAway.is(e)) {
                return new Outcome(DatabaseAway.parked(), journal.rest());
            }
            LOG.errorf(e, "run %s of %s failed by a fault of ours", run.id(), run.integrationId());
            RunError error = new RunError(
                    "internal",
                    500,
                    "The run hit an internal error",
                    e.getClass().getSimpleName(),
                    null);
            end = ended(retry.pause(run.attempt(), error), error);
        }
        return new Outcome(end, journal.rest());
    }

    /** What failed may be the echo of a stop from outside. */
    private Optional<RunEnd> stopped() {
        try {
            control.check();
            return Optional.empty();
        } catch (RunStopped.Cancelled e) {
            return Optional.of(new RunEnd.Cancelled());
        } catch (RunStopped.LimitReached e) {
            return Optional.of(new RunEnd.Failed(e.error()));
        } catch (RunStopped.LeaseLost e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static RunEnd ended(Optional<Duration> pause, RunError error) {
        return pause.<RunEnd>map(wait -> new RunEnd.Again(wait, error)).orElseGet(() -> new RunEnd.Failed(error));
    }
}
