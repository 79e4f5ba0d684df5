package io.sluice.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends stock changes by Standard Webhooks 1.0. Attempts leave one after the other, so that a receiver which answers
 * well sees the changes in their order; a retry queues up again.
 */
final class StockNotifier implements AutoCloseable {

    static final String EVENT = "stock.changed";

    private final Store store;
    private final WebhookClient client;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final List<Duration> backoff;
    private final ExecutorService queue = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("stock-webhooks").factory());
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stock-webhook-retries").factory());

    StockNotifier(Store store, WebhookClient client, InstantSource clock, Supplier<UUID> ids, List<Duration> backoff) {
        this.store = store;
        this.client = client;
        this.clock = clock;
        this.ids = ids;
        this.backoff = List.copyOf(backoff);
    }

    void stockChanged(StockLevel level) {
        store.read().warehouse().target().ifPresent(target -> {
            var id = "msg_" + ids.get().toString().replace("-", "");
            var message = new Message(target, Delivery.sending(id, EVENT, clock.instant(), target.url()), body(level));
            keep(message.delivery());
            queue.execute(() -> attempt(message, 1));
        });
    }

    @Override
    public void close() {
        retries.shutdownNow();
        queue.shutdownNow();
        // Waits: what is under way may still save, and nobody expects a file to appear after a close.
        retries.close();
        queue.close();
    }

    private void attempt(Message message, int attempt) {
        Reply reply = client.post(message.target().url(), headers(message), message.body());
        if (reply.isWithin(200, 299)) {
            keep(message.delivery().attempted(attempt, Delivery.Outcome.DELIVERED, reply));
        } else if (attempt > backoff.size() || retries.isShutdown()) {
            keep(message.delivery().attempted(attempt, Delivery.Outcome.FAILED, reply));
        } else {
            keep(message.delivery().attempted(attempt, Delivery.Outcome.RETRYING, reply));
            retryLater(message, attempt);
        }
    }

    private void retryLater(Message message, int attempt) {
        try {
            var _ = retries.schedule(
                    () -> queue.execute(() -> attempt(message, attempt + 1)),
                    backoff.get(attempt - 1).toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed in between; the next start settles the delivery.
        }
    }

    private Map<String, String> headers(Message message) {
        String id = message.delivery().id();
        long timestamp = clock.instant().getEpochSecond();
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Sluice-Demo-Warehouse/1.0");
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        String secret = message.target().secret();
        if (secret != null) {
            headers.put("webhook-signature", Signatures.standardWebhooks(secret, id, timestamp, message.body()));
        }
        return headers;
    }

    private void keep(Delivery delivery) {
        store.change(state -> Store.Change.to(state.with(state.warehouse().with(delivery)), delivery));
    }

    private static String body(StockLevel level) {
        Instant at = level.updatedAt();
        var body = DemoJson.object().put("type", EVENT).put("timestamp", DemoJson.text(at));
        body.putObject("data")
                .put("sku", level.sku())
                .put("description", level.description())
                .put("quantity", level.quantity());
        return DemoJson.text(body);
    }

    private record Message(WebhookTarget target, Delivery delivery, String body) {}
}
