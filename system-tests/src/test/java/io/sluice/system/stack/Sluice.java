package io.sluice.system.stack;

import io.sluice.local.LocalStack;
import io.sluice.local.ServiceName;
import io.sluice.local.ServiceProcess;
import io.sluice.local.StackOptions;
import io.sluice.local.StackPort;
import io.sluice.local.StackPorts;
import io.sluice.system.client.Cleanups;
import io.sluice.system.client.DemoApi;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Library;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.client.Tokens;
import io.sluice.system.load.StoredRuns;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The running stack, from outside: its people, its demo systems, and the handles to break it. */
public final class Sluice {

    private static final Duration READY = Duration.ofMinutes(2);

    private final LocalStack stack;
    private final Tokens tokens;
    private final Cleanups cleanups = new Cleanups();

    private Sluice(LocalStack stack) {
        this.stack = stack;
        this.tokens = new Tokens(stack);
    }

    /** On free ports, with fresh data under {@code target/}. */
    static Sluice start() {
        StackOptions options = StackOptions.of(ProjectRoot.find())
                .withDataDirectory(ProjectRoot.target().resolve("stack"))
                .withPorts(StackPorts.freePorts())
                .withFresh(true);
        long start = System.nanoTime();
        LocalStack stack = LocalStack.start(NativeServices.applyTo(options), System.out::println);
        System.out.printf("The stack was ready after %d ms.%n", (System.nanoTime() - start) / 1_000_000);
        return new Sluice(stack);
    }

    /** The API as a user of the local realm. */
    public SluiceApi as(String user) {
        return SluiceApi.of(url(StackPort.INTEGRATIONS), user, tokens, cleanups);
    }

    public SluiceApi anonymous() {
        return SluiceApi.anonymous(url(StackPort.INTEGRATIONS), cleanups);
    }

    public DemoApi demo() {
        return new DemoApi(url(StackPort.DEMO), cleanups);
    }

    /** The library, installed by alice. */
    public Library library() {
        return new Library(as("alice"), demo());
    }

    public URI url(StackPort port) {
        return stack.url(port);
    }

    public LocalStack stack() {
        return stack;
    }

    public ServiceProcess service(ServiceName name) {
        return stack.service(name);
    }

    /** Starts a service that was stopped or killed, and waits for it. */
    public void restart(ServiceName name) {
        restart(service(name));
    }

    public void restart(ServiceProcess service) {
        service.start();
        service.awaitReady(READY);
    }

    /**
     * One more copy of a service beside the stack's own, on the same database; ready. Ends with the test.
     *
     * @param environment of this copy alone
     */
    public ServiceProcess replica(ServiceName name, Map<String, String> environment) {
        StackPorts free = StackPorts.freePorts();
        ServiceProcess replica = stack.replica(
                name, free.number(StackPort.INGRESS), free.number(StackPort.INGRESS_MANAGEMENT), environment);
        cleanups.add(replica::stop);
        restart(replica);
        return replica;
    }

    /** Undone after the test. */
    public void afterwards(Runnable action) {
        cleanups.add(action);
    }

    /** What ingress' database holds of an integration. */
    public StoredRuns stored(Integration integration) {
        return new StoredRuns(stack.database(), integration.id());
    }

    /** Everything runs again. */
    void heal() {
        stack.database().start();
        for (ServiceName name : ServiceName.values()) {
            restart(name);
        }
    }

    void cleanUp() {
        cleanups.run();
    }

    void close() {
        stack.close();
    }
}
