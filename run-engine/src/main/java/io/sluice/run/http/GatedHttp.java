package io.sluice.run.http;

import io.sluice.contract.connection.CallLimits;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Lets calls pass as their target can take them: so many at once and in a time to each host, and none while the circuit
 * of their connection is open. What does not pass within a moment is held back, so that its run waits in the queue.
 * Calls without a connection share what belongs to their tenant and host.
 */
public final class GatedHttp implements HttpSender {

    /** What a run waits on its thread for a place, and once more for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A call that had less time than this says nothing of its target when it was too short. */
    private static final Duration FAIR_TIME = Duration.ofSeconds(1);

    private final HttpSender next;
    private final GateSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Recent<Line, Circuit> circuits;
    private final Recent<Gate, Throttle> throttles;

    public GatedHttp(HttpSender next, GateSettings settings, InstantSource clock, RandomGenerator random) {
        this.next = next;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.circuits = new Recent<>(clock, Duration.ofHours(24));
        this.throttles = new Recent<>(clock, Duration.ofHours(1));
    }

    /** What a circuit belongs to: a connection, or a host where there is none. */
    private record Line(String tenant, Optional<UUID> connection, String host) {}

    /** What limits belong to; others after a change of the connection begin anew. */
    private record Gate(Line line, String host, CallLimits limits) {}

    /**
     * @throws HeldBack when it may not be sent now
     * @throws HttpFailure when no answer came
     */
    @Override
    public HttpAnswer send(HttpCall call) {
        long begun = System.nanoTime();
        String host = authority(GuardedHttp.checked(call.url()));
        Optional<UUID> connection = call.credential().map(Credential::connectionId);
        Line line = new Line(call.caller().tenant(), connection, connection.isPresent() ? "" : host);
        Circuit circuit = circuits.get(line, () -> new Circuit(settings.circuit(), clock, random));
        circuit.check();
        Throttle throttle = throttle(call, line, host);
        throttle.enter(call.timeout().compareTo(PATIENCE) < 0 ? call.timeout() : PATIENCE);
        try {
            Duration left = call.timeout().minusNanos(System.nanoTime() - begun);
            return through(circuit, call.within(left.isPositive() ? left : Duration.ofMillis(1)));
        } finally {
            throttle.leave();
        }
    }

    private Throttle throttle(HttpCall call, Line line, String host) {
        CallLimits limits = call.credential()
                .map(credential -> Optional.ofNullable(credential.limits()).orElse(new CallLimits(null, null)))
                .orElse(new CallLimits(null, settings.rate()));
        Integer own = limits.maxConcurrent();
        int most = own == null ? settings.maxConcurrent() : own;
        return throttles.get(new Gate(line, host, limits), () -> new Throttle(most, limits, clock, random));
    }

    private HttpAnswer through(Circuit circuit, HttpCall call) {
        Circuit.Pass pass = circuit.enter();
        Circuit.End end = new Circuit.End.Unknown();
        try {
            HttpAnswer answer = next.send(call);
            end = end(answer);
            return answer;
        } catch (HttpFailure e) {
            end = end(e, call);
            throw e;
        } finally {
            circuit.ended(pass, end);
        }
    }

    private Circuit.End end(HttpAnswer answer) {
        int status = answer.status();
        String why = "the target answered " + status;
        if (status == 429) {
            return RetryAfter.of(answer.headers().get("retry-after"), clock.instant())
                    .<Circuit.End>map(pause -> new Circuit.End.Busy(pause, why))
                    .orElseGet(Circuit.End.Unknown::new);
        }
        // 501 says that it is there and will never do this.
        return status >= 500 && status != 501 ? new Circuit.End.Failed(why) : new Circuit.End.Answered();
    }

    private static Circuit.End end(HttpFailure failure, HttpCall call) {
        String why = String.valueOf(failure.getMessage());
        return switch (failure.reason()) {
            case COMMUNICATION -> new Circuit.End.Failed(why);
            case TIMEOUT ->
                call.timeout().compareTo(FAIR_TIME) < 0 ? new Circuit.End.Unknown() : new Circuit.End.Failed(why);
            case TOO_LARGE -> new Circuit.End.Answered();
            case BLOCKED_ADDRESS, INVALID_URL, INVALID_REQUEST, NO_ROOM, CREDENTIAL -> new Circuit.End.Unknown();
        };
    }

    private static String authority(URI uri) {
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
