package io.sluice.local.demo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The demo warehouse, shop and echo on one port of 127.0.0.1. Closing stops the server and drops pending retries; nothing is saved after it. */
public final class DemoSystems implements AutoCloseable {

    /** Waits before the second to fifth attempt of a stock webhook. */
    private static final List<Duration> BACKOFF =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    /** A burst of a load test must not be refused by the kernel before we see it. */
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService requests;
    private final WebhookClient client;
    private final StockNotifier notifier;
    private final Hookshot hookshot;
    private final URI baseUri;

    private DemoSystems(HttpServer server, Store store, InstantSource clock, List<Duration> backoff) {
        this.server = server;
        this.baseUri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        this.requests = Executors.newVirtualThreadPerTaskExecutor();
        this.client = new WebhookClient();
        this.notifier = new StockNotifier(store, client, clock, UUID::randomUUID, backoff);
        this.hookshot = new Hookshot(store, client, clock, baseUri.resolve("/shop/"));
        server.createContext("/", new FrontDoor(routes(store, clock)));
        server.setExecutor(requests);
    }

    /** Starts on the port (0 takes a free one) with the state kept in the directory, seeded when there is none. */
    public static DemoSystems start(int port, Path dataDirectory, InstantSource clock) throws IOException {
        return start(port, dataDirectory, clock, BACKOFF);
    }

    static DemoSystems start(int port, Path dataDirectory, InstantSource clock, List<Duration> backoff)
            throws IOException {
        avoidDelayedAnswers();
        var store = Store.open(new StateFile(dataDirectory.resolve("demo-systems.json")), clock);
        var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        var server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        var systems = new DemoSystems(server, store, clock, backoff);
        server.start();
        return systems;
    }

    /** Where the systems answer, without a trailing slash. */
    public URI baseUri() {
        return baseUri;
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        // Calls under way end with their client; the others can then be waited for.
        client.close();
        notifier.close();
        hookshot.close();
        requests.close();
    }

    private Router routes(Store store, InstantSource clock) {
        var warehouse = new Warehouse(store, clock, notifier);
        var shop = new Shop(store, clock, UUID::randomUUID, hookshot);
        var router = new Router();
        new UnleashedApi(store, new SalesOrders(store, clock, UUID::randomUUID)).addTo(router);
        new WarehouseApi(store, warehouse).addTo(router);
        var requestCount = new WooApi(store, shop, baseUri).addTo(router);
        new ControlDesk(warehouse, shop).addTo(router);
        new StateApi(store, requestCount).addTo(router);
        new Echo(clock).addTo(router);
        return router;
    }

    /** Without it the JDK's server leaves Nagle's algorithm on, and small answers may wait 40 ms for the peer's ACK. */
    private static void avoidDelayedAnswers() {
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }
}
