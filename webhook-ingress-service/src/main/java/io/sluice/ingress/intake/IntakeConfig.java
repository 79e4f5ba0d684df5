package io.sluice.ingress.intake;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How calls are taken in. */
@ConfigMapping(prefix = "sluice.webhook")
public interface IntakeConfig {

    /** Public base of webhook URLs: what senders sign as {@code {url}}. Never taken from a Host header. */
    URI baseUrl();

    /** How long the same event id starts nothing twice, where the endpoint says nothing. Senders retry for up to three days. */
    @WithDefault("7d")
    Duration dedupWindow();

    /** The largest body of any endpoint, whatever its own limit. */
    @WithDefault("10M")
    MemorySize maxBody();

    /** How long a sender may take for a body, from its headers on. Slower ones get 408. */
    @WithDefault("20s")
    Duration bodyTimeout();

    /**
     * Addresses and ranges of proxies in front of this service. Their {@code proxy-header} is believed; from anybody
     * else it is ignored.
     */
    Optional<List<String>> trustedProxies();

    /** The header in which those proxies pass the caller's address on. The other one is never read. */
    @WithDefault("x-forwarded-for")
    ProxyHeader proxyHeader();

    /** Most calls under way on this replica, from their headers to their answer. More get 503 at once. */
    @WithDefault("4000")
    int callsInFlight();

    /** Most of them at one endpoint, so that none takes all places. */
    @WithDefault("1000")
    int callsOfEndpoint();

    /** Most calls under way that look like a sender's handshake at a URL where nothing is. More get 503 at once. */
    @WithDefault("100")
    int strangersInFlight();

    /** How long such a caller may take for its small body. */
    @WithDefault("3s")
    Duration handshakeTimeout();

    /**
     * Memory for calls under way on this replica: their bodies, and the documents that are made of them by an estimate.
     * Calls that find none get 503. One call is charged half of it at most, so that a heavy one finds its time too.
     */
    @WithDefault("128M")
    MemorySize bytesInFlight();

    /**
     * Calls that are worked on at once where that takes long: large or packed bodies, filters. As many again whose
     * verification may ask the issuer for its keys.
     */
    @WithDefault("16")
    int costlyCalls();

    /** Most such calls that wait for their turn. More get 503 at once. */
    @WithDefault("1000")
    int costlyCallsWaiting();

    /** How long a call may wait to be stored. After it the sender gets 503, and sends the call again. */
    @WithDefault("5s")
    Duration acceptTimeout();

    /** Connections that store calls, each a group of calls a commit. One while another's commit waits for the disk. */
    @WithDefault("2")
    int writers();

    /** Most calls in one commit. */
    @WithDefault("256")
    int groupSize();

    /** Calls that wait for their run's answer, on this replica. More are answered with 202 at once. */
    @WithDefault("2000")
    int waitingAnswers();

    /**
     * How long a person's test call waits for its run, whatever the endpoint's deadline. With {@code accept-timeout} it
     * must stay below the time for which integrations-service waits for us: 30 s.
     */
    @WithDefault("20s")
    Duration testCallWait();

    /** Callers who are told at once how their run goes, on this replica. More get 503. */
    @WithDefault("8")
    int statusReads();

    /** What is taken while the database is away. */
    Spool spool();

    /** Where proxies write the caller's address. */
    enum ProxyHeader {
        X_FORWARDED_FOR,
        FORWARDED
    }

    /**
     * A weaker mode for when the database is away: calls are kept in files of this replica and acknowledged. Repeated
     * events are then known on this replica alone until the files have been stored.
     */
    interface Spool {

        /** A folder of this replica's own on a volume that outlives it. Without it there is no spool. */
        Optional<Path> path();

        /** Most bytes that are kept. A full spool answers 503. */
        @WithDefault("1G")
        MemorySize maxSize();
    }
}
