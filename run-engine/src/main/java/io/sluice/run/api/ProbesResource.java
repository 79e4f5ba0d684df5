package io.sluice.run.api;

import io.sluice.contract.connection.ConnectionProbeResult;
import io.sluice.contract.probe.InternalProbe;
import io.sluice.contract.probe.ProbesApi;
import io.sluice.run.deployment.Credentials;
import io.sluice.run.http.GuardedHttp;
import io.sluice.run.http.HttpAnswer;
import io.sluice.run.http.HttpCall;
import io.sluice.run.http.HttpFailure;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Tries connections: one guarded GET, and what came of it. Past the limits and the circuit of runs, which a person who
 * mends a connection must not have to wait for.
 */
@RolesAllowed("service")
@RunOnVirtualThread
public class ProbesResource implements ProbesApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final GuardedHttp http;
    private final Credentials credentials;

    public ProbesResource(GuardedHttp http, Credentials credentials) {
        this.http = http;
        this.credentials = credentials;
    }

    @Override
    public ConnectionProbeResult probe(InternalProbe probe) {
        try (HttpAnswer answer = http.send(call(probe))) {
            String detail = answer.isSuccess()
                    ? "The target answered " + answer.status() + "."
                    : "The target answered " + answer.status() + ": look at the response.";
            return new ConnectionProbeResult(answer.isSuccess(), detail, answer.sent(), answer.received());
        } catch (HttpFailure e) {
            return new ConnectionProbeResult(false, "No answer: " + e.getMessage(), e.sent(), null);
        }
    }

    private HttpCall call(InternalProbe probe) {
        return new HttpCall(
                "GET",
                probe.url(),
                Map.of("Accept", "application/json, */*;q=0.5", "User-Agent", "Sluice"),
                null,
                Optional.of(credentials.open(probe.tenant(), probe.connection())),
                TIMEOUT);
    }
}
