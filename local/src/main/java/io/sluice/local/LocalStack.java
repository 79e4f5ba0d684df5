package io.sluice.local;

import io.sluice.local.demo.DemoSystems;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole stack. It starts as one, or fails as one and leaves nothing running. */
public final class LocalStack implements AutoCloseable {

    /** Long enough for the very first start on a slow machine, which prepares Keycloak. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final StackOptions options;
    private final DataDirectory data;
    private final Consumer<String> progress;
    private final ChildRegister register;
    private final DatabaseServer database;
    private final KeycloakServer keycloak;
    private final ServiceFactory factory;
    private final Map<ServiceName, ServiceProcess> services = new EnumMap<>(ServiceName.class);
    private final List<ServiceProcess> replicas = new CopyOnWriteArrayList<>();
    private final CompletableFuture<StackException> failure = new CompletableFuture<>();
    private @Nullable DemoSystems demo;
    private @Nullable Watchdog watchdog;

    private LocalStack(StackOptions options, DataDirectory data, Consumer<String> progress) throws IOException {
        this.options = options;
        this.data = data;
        this.progress = progress;
        this.register = new ChildRegister(data.pids(), data.root());
        StackSecrets secrets = StackSecrets.loadOrCreate(data.secrets());
        this.database = new DatabaseServer(options, data, secrets, register, failure::complete);
        this.keycloak = new KeycloakServer(options, data, register, failure::complete);
        ServiceEnvironment environment = new ServiceEnvironment(options.ports(), secrets);
        this.factory = new ServiceFactory(options, data, environment, register, failure::complete);
        for (ServiceName service : ServiceName.values()) {
            services.put(service, factory.create(service));
        }
    }

    /** Returns when everything is ready. */
    public static LocalStack start(StackOptions options) {
        return start(options, _ -> {});
    }

    public static LocalStack start(StackOptions options, Consumer<String> progress) {
        LocalStack stack = prepare(options, progress);
        stack.launch();
        return stack;
    }

    /** Does all checks, and ends what an earlier stack left behind. Starts nothing yet. */
    static LocalStack prepare(StackOptions options, Consumer<String> progress) {
        ServiceFactory.requireBuilt(options);
        new KeycloakDistribution(options.keycloakDirectory()).requirePresent();
        try {
            DataDirectory data = DataDirectory.open(options.dataDirectory());
            try {
                tidy(options, data, progress);
                options.ports().requireFree();
                return new LocalStack(options, data, progress);
            } catch (IOException | RuntimeException e) {
                data.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StackException("Cannot use " + options.dataDirectory() + ": " + e, e);
        }
    }

    private static void tidy(StackOptions options, DataDirectory data, Consumer<String> progress) throws IOException {
        int ended = ChildRegister.endLeftovers(data.pids(), data.root());
        new PostmasterFile(data.postgres()).clear();
        if (ended > 0) {
            progress.accept("Ended " + ended + " processes that an earlier, killed stack had left.");
        }
        if (options.fresh()) {
            data.wipe();
        }
        data.turnLogs();
    }

    void launch() {
        try {
            watchdog = Watchdog.start(data.pids());
            demo = DemoSystems.start(options.ports().number(StackPort.DEMO), data.demo(), InstantSource.system());
            startChildren();
        } catch (IOException e) {
            close();
            throw new StackException("The stack did not start: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The services do not need Keycloak to start, so that the two slow things go side by side. */
    private void startChildren() {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<?> identity =
                    CompletableFuture.runAsync(this::startKeycloak, executor).exceptionally(this::noteFailure);
            CompletableFuture<?> work =
                    CompletableFuture.runAsync(this::startServices, executor).exceptionally(this::noteFailure);
            CompletableFuture.anyOf(CompletableFuture.allOf(identity, work), failure)
                    .join();
            if (failure.isDone()) {
                close();
                throw failure.join();
            }
        }
    }

    private void startKeycloak() {
        keycloak.start(progress);
        keycloak.awaitReady(PATIENCE);
    }

    private void startServices() {
        database.start();
        services.values().forEach(ServiceProcess::start);
        services.values().forEach(service -> service.awaitReady(PATIENCE));
    }

    private @Nullable Void noteFailure(Throwable problem) {
        Throwable cause = problem.getCause() == null ? problem : problem.getCause();
        StackException known = problem instanceof StackException direct
                ? direct
                : cause instanceof StackException wrapped
                        ? wrapped
                        : new StackException("The stack did not start: " + cause, cause);
        failure.complete(known);
        return null;
    }

    /** Waits until a child ends that nobody asked to end. */
    StackException awaitFailure() {
        return failure.join();
    }

    public ServiceProcess service(ServiceName name) {
        ServiceProcess service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("no service " + name);
        }
        return service;
    }

    /** One more copy of a service, on ports of its own and the same database; not started yet. Ends with the stack. */
    public ServiceProcess replica(ServiceName name, int httpPort, int managementPort) {
        return replica(name, httpPort, managementPort, Map.of());
    }

    /** @param more environment of this copy alone */
    public ServiceProcess replica(ServiceName name, int httpPort, int managementPort, Map<String, String> more) {
        ServiceProcess replica = factory.replica(name, httpPort, managementPort, more);
        replicas.add(replica);
        return replica;
    }

    public DatabaseServer database() {
        return database;
    }

    public KeycloakServer keycloak() {
        return keycloak;
    }

    public StackPorts ports() {
        return options.ports();
    }

    /** Where this port is reached, such as {@code http://127.0.0.1:8081}. */
    public URI url(StackPort port) {
        return options.ports().url(port);
    }

    /** A bearer token of a user of the local realm. */
    public String token(String user) {
        return new PasswordGrant(options.ports()).accessToken(user);
    }

    /** The log of a child: a service's module, {@code postgres} or {@code keycloak}. */
    public Path log(String name) {
        return data.log(name);
    }

    /** Ends everything, services before their database. Safe to call at any moment and more than once. */
    @Override
    public synchronized void close() {
        if (register.isClosed()) {
            return;
        }
        register.close();
        endProcesses();
        register.endRemaining();
        register.clear();
        closeOwn();
        data.close();
    }

    private void endProcesses() {
        List<Runnable> ends = new ArrayList<>(List.of(keycloak::stop));
        services.values().forEach(service -> ends.add(service::stop));
        replicas.forEach(service -> ends.add(service::stop));
        CompletableFuture.allOf(ends.stream().map(CompletableFuture::runAsync).toArray(CompletableFuture[]::new))
                .join();
        database.stop();
    }

    private void closeOwn() {
        @Nullable DemoSystems runningDemo = demo;
        if (runningDemo != null) {
            runningDemo.close();
        }
        try {
            @Nullable Watchdog runningWatchdog = watchdog;
            if (runningWatchdog != null) {
                runningWatchdog.close();
            }
        } catch (IOException _) {
            progress.accept("The watchdog ended before the stack.");
        }
    }
}
