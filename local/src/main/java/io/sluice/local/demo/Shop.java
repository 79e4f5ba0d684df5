package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What a person or a peer can do to the shop. Changes that a webhook may be about tell it to {@link Hookshot}. */
final class Shop {

    private final Store store;
    private final InstantSource clock;
    private final Supplier<UUID> ids;
    private final Hookshot hookshot;

    Shop(Store store, InstantSource clock, Supplier<UUID> ids, Hookshot hookshot) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.hookshot = hookshot;
    }

    /** Sets a product's stock; what is absent stays. Only a real change fires the webhooks. */
    Optional<Product> changeStock(long id, Optional<Boolean> managed, Optional<Integer> quantity) {
        Optional<Update> update = store.change(state -> {
            Optional<Product> found = state.shop().product(id);
            if (found.isEmpty()) {
                return Store.Change.none(Optional.empty());
            }
            Product before = found.get();
            Product after = changed(before, managed.orElse(before.manageStock()), quantity);
            return before.equals(after)
                    ? Store.Change.none(Optional.of(new Update(before, false)))
                    : Store.Change.to(state.with(state.shop().with(after)), Optional.of(new Update(after, true)));
        });
        update.filter(Update::isReal)
                .ifPresent(done -> hookshot.fire("product.updated", WooFormat.product(done.product())));
        return update.map(Update::product);
    }

    /** Places an order. The shop's stock stays as it is: the warehouse owns it and the sync brings it here. */
    ObjectNode placeOrder(List<Wanted> wanted, String email) {
        Instant now = clock.instant();
        String key = "wc_order_" + ids.get().toString().replace("-", "").substring(0, 13);
        ObjectNode order = store.change(state -> {
            var lines = new ArrayList<WooFormat.Line>();
            for (Wanted line : wanted) {
                Product product = state.shop()
                        .product(line.sku())
                        .orElseThrow(() ->
                                Refused.badRequest("The shop has no product with the SKU \"" + line.sku() + "\""));
                lines.add(new WooFormat.Line(product, line.quantity()));
            }
            ObjectNode placed = WooFormat.order(state.shop().nextOrderId(), key, email, lines, now);
            return Store.Change.to(state.with(state.shop().withOrder(placed)), placed);
        });
        hookshot.fire("order.created", order);
        return order;
    }

    /** Saves a new webhook; an active one is pinged at once, and stays whatever comes of it. */
    ShopWebhook createWebhook(WebhookFields fields) {
        Instant now = clock.instant();
        String secret = fields.secret().orElseGet(() -> ids.get() + "-" + ids.get());
        ShopWebhook created = store.change(state -> {
            var webhook = new ShopWebhook(
                    state.shop().nextWebhookId(),
                    fields.name().orElse("Webhook created on " + WooFormat.date(now)),
                    fields.status().orElse(ShopWebhook.Status.active),
                    fields.topic().orElseThrow(),
                    fields.deliveryUrl().orElseThrow(),
                    secret,
                    0,
                    "",
                    now,
                    now);
            return Store.Change.to(state.with(state.shop().withNew(webhook)), webhook);
        });
        return pingWhenFirstActive(created);
    }

    /** Changes what is given; being edited forgets the failures, which is how a disabled webhook comes back. */
    Optional<ShopWebhook> updateWebhook(long id, WebhookFields fields) {
        Optional<ShopWebhook> updated = store.change(state -> {
            Optional<ShopWebhook> after = state.shop()
                    .webhook(id)
                    .map(old -> new ShopWebhook(
                            old.id(),
                            fields.name().orElse(old.name()),
                            fields.status().orElse(old.status()),
                            fields.topic().orElse(old.topic()),
                            fields.deliveryUrl().orElse(old.deliveryUrl()),
                            fields.secret().orElse(old.secret()),
                            0,
                            old.ping(),
                            old.createdAt(),
                            clock.instant()));
            return new Store.Change<>(
                    after.map(webhook -> state.with(state.shop().with(webhook))), after);
        });
        return updated.map(this::pingWhenFirstActive);
    }

    Optional<ShopWebhook> deleteWebhook(long id) {
        return store.change(state -> {
            Optional<ShopWebhook> found = state.shop().webhook(id);
            return new Store.Change<>(
                    found.map(webhook -> state.with(state.shop().without(webhook))), found);
        });
    }

    private ShopWebhook pingWhenFirstActive(ShopWebhook webhook) {
        return webhook.status() == ShopWebhook.Status.active && webhook.ping().isEmpty()
                ? hookshot.ping(webhook)
                : webhook;
    }

    private Product changed(Product before, boolean managed, Optional<Integer> quantity) {
        Integer known = before.stockQuantity();
        int stock = quantity.orElse(known == null ? 0 : known);
        Product same = before.withStock(managed, stock, before.modifiedAt());
        return same.equals(before) ? before : before.withStock(managed, stock, clock.instant());
    }

    /** A line of an order to be placed. */
    record Wanted(String sku, int quantity) {}

    /** The fields of a webhook that a request gives; a new one needs the topic and the URL. */
    record WebhookFields(
            Optional<String> name,
            Optional<ShopWebhook.Status> status,
            Optional<String> topic,
            Optional<String> deliveryUrl,
            Optional<String> secret) {}

    private record Update(Product product, boolean isReal) {}
}
