package io.sluice.local.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person or a peer can do to the warehouse's stock and its webhook. */
final class Warehouse {

    private static final int LARGEST_QUANTITY = 1_000_000;

    private final Store store;
    private final InstantSource clock;
    private final StockNotifier notifier;

    Warehouse(Store store, InstantSource clock, StockNotifier notifier) {
        this.store = store;
        this.clock = clock;
        this.notifier = notifier;
    }

    /** Synchronized, so that two changes of one product are notified in the order in which they happened. */
    synchronized StockLevel changeStock(String sku, int quantity) {
        if (quantity < 0 || quantity > LARGEST_QUANTITY) {
            throw Refused.badRequest("quantity must be between 0 and " + LARGEST_QUANTITY);
        }
        Optional<StockLevel> changed = store.change(state -> {
            StockLevel level = state.warehouse()
                    .find(sku)
                    .orElseThrow(() -> Refused.notFound("The warehouse has no product with the SKU \"" + sku + "\""));
            if (level.quantity() == quantity) {
                return Store.Change.none(Optional.empty());
            }
            StockLevel next = level.changed(quantity, nextInstant(state.warehouse()));
            return Store.Change.to(state.with(state.warehouse().with(next)), Optional.of(next));
        });
        changed.ifPresent(notifier::stockChanged);
        return changed.or(() -> store.read().warehouse().find(sku)).orElseThrow();
    }

    void setWebhook(@Nullable WebhookTarget target) {
        store.change(state -> Store.Change.to(state.with(state.warehouse().withWebhook(target)), state));
    }

    Optional<WebhookTarget> webhook() {
        return store.read().warehouse().target();
    }

    /** Later than every change before it, even within a millisecond: readers use the instant as their cursor. */
    private Instant nextInstant(WarehouseState state) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant last = state.stock().stream()
                .map(StockLevel::updatedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return now.isAfter(last) ? now : last.plusMillis(1);
    }
}
