package io.sluice.local.demo;

import java.net.URI;

/** Orders over REST, to be read only; they are placed in the shop. */
final class WooOrders {

    private final Store store;
    private final URI base;

    WooOrders(Store store, URI base) {
        this.store = store;
        this.base = base;
    }

    Answer list(Call call) {
        return new WooCollection(call, base).answer(store.read().shop().orders());
    }

    Answer one(Call call) {
        long id = WooApi.id(call);
        return store.read().shop().orders().stream()
                .filter(order -> order.path("id").asLong() == id)
                .findFirst()
                .map(order -> Answer.json(200, order))
                .orElseThrow(() -> WooErrors.refused(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID."));
    }
}
