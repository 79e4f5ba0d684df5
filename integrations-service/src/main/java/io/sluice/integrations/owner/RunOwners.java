package io.sluice.integrations.owner;

import io.sluice.contract.connection.ConnectionProbeResult;
import io.sluice.contract.probe.InternalProbe;
import io.sluice.contract.probe.ProbesApi;
import io.sluice.contract.problem.Problem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.InternalRunsApi;
import io.sluice.contract.schedule.InternalSchedulesApi;
import io.sluice.contract.webhook.InternalWebhooksApi;
import io.sluice.run.expression.Json;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks the services that own runs, and turns their troubles into ours. */
@Singleton
public class RunOwners {

    private static final Logger LOG = Logger.getLogger(RunOwners.class);

    private final InternalRunsApi ingress;
    private final InternalRunsApi scheduler;
    private final ProbesApi probes;
    private final InternalWebhooksApi webhooks;
    private final InternalSchedulesApi schedules;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RunOwners(
            @RestClient IngressClient ingress,
            @RestClient SchedulerClient scheduler,
            @RestClient ProbesClient probes,
            @RestClient IngressWebhooksClient webhooks,
            @RestClient SchedulerSchedulesClient schedules) {
        this.ingress = ingress;
        this.scheduler = scheduler;
        this.probes = probes;
        this.webhooks = webhooks;
        this.schedules = schedules;
    }

    /**
     * Asks one.
     *
     * @throws ProblemException 404 when it knows no such thing, 503 when it cannot be reached or cannot answer
     */
    public <T> T ask(RunOwner owner, Function<InternalRunsApi, T> question) {
        InternalRunsApi api = switch (owner) {
            case INGRESS -> ingress;
            case SCHEDULER -> scheduler;
        };
        return answered(owner, () -> question.apply(api));
    }

    /** Tries a connection on the service that is not on the internet. */
    public ConnectionProbeResult probe(InternalProbe probe) {
        return answered(RunOwner.SCHEDULER, () -> probes.probe(probe));
    }

    /** Asks ingress of the calls that came in; the troubles are those of {@link #ask}. */
    public <T> T askOfCalls(Function<InternalWebhooksApi, T> question) {
        return answered(RunOwner.INGRESS, () -> question.apply(webhooks));
    }

    /** Asks the scheduler of the instants of schedules; the troubles are those of {@link #ask}. */
    public <T> T askOfSchedules(Function<InternalSchedulesApi, T> question) {
        return answered(RunOwner.SCHEDULER, () -> question.apply(schedules));
    }

    private static <T> T answered(RunOwner owner, Supplier<T> question) {
        try {
            return question.get();
        } catch (WebApplicationException e) {
            throw translated(owner, e);
        } catch (ProcessingException e) {
            throw away(owner, e);
        } catch (RuntimeException e) {
            // The filter that gets our token fails outside of JAX-RS' own exceptions.
            throw away(owner, e);
        }
    }

    /** Asks each at once; who is away is named. */
    public <T> Answers<T> askAll(Function<InternalRunsApi, T> question) {
        Map<RunOwner, CompletableFuture<T>> asked = new EnumMap<>(RunOwner.class);
        for (RunOwner owner : RunOwner.values()) {
            asked.put(owner, CompletableFuture.supplyAsync(() -> ask(owner, question), threads));
        }
        Map<RunOwner, T> found = new EnumMap<>(RunOwner.class);
        List<String> unavailable = new ArrayList<>();
        asked.forEach((owner, future) -> answer(future)
                .ifPresentOrElse(answer -> found.put(owner, answer), () -> unavailable.add(owner.wireName())));
        return new Answers<>(found, unavailable);
    }

    /**
     * What those said that could be asked.
     *
     * @param unavailable the names of the others, so that what is missing is never taken for empty
     */
    public record Answers<T>(Map<RunOwner, T> found, List<String> unavailable) {}

    private static <T> Optional<T> answer(CompletableFuture<T> asked) {
        try {
            return Optional.of(asked.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException problem && problem.type() == ProblemType.UNAVAILABLE) {
                return Optional.empty();
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What the owner says of the request is the caller's to know; what it says of us is not. */
    private static ProblemException translated(RunOwner owner, WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 400, 404, 409, 412 -> said(e).orElseGet(() -> away(owner, e));
            default -> away(owner, e);
        };
    }

    private static Optional<ProblemException> said(WebApplicationException e) {
        try {
            Problem problem = Json.parse(e.getResponse().readEntity(String.class), Problem.class);
            return ProblemType.of(problem.type())
                    .map(type -> new ProblemException(
                            type,
                            Objects.requireNonNullElse(problem.detail(), type.title()),
                            Objects.requireNonNullElse(problem.errors(), List.of())));
        } catch (IllegalArgumentException | IllegalStateException | ProcessingException cannotBeRead) {
            return Optional.empty();
        }
    }

    private static ProblemException away(RunOwner owner, RuntimeException cause) {
        LOG.debugf(cause, "%s did not answer", owner);
        return ProblemException.unavailable(
                "The " + owner.wireName()
                        + " service, which owns this, does not answer now. Nothing is lost; try again.",
                Duration.ofSeconds(2),
                cause);
    }
}
