package io.sluice.integrations.owner;

import io.sluice.contract.connection.ConnectionProbeResult;
import io.sluice.contract.probe.InternalProbe;
import io.sluice.contract.probe.ProbesApi;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.InternalRunsApi;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
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

    RunOwners(
            @RestClient IngressClient ingress, @RestClient SchedulerClient scheduler, @RestClient ProbesClient probes) {
        this.ingress = ingress;
        this.scheduler = scheduler;
        this.probes = probes;
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

    private static ProblemException translated(RunOwner owner, WebApplicationException e) {
        return switch (e.getResponse().getStatus()) {
            case 404 -> new ProblemException(ProblemType.NOT_FOUND, "There is no such run.");
            case 400 -> new ProblemException(ProblemType.BAD_REQUEST, "A filter cannot be read.");
            default -> away(owner, e);
        };
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
