package io.sluice.local.demo;

import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The shop's REST API, WooCommerce v3: its paths, its authentication, its way of telling errors. */
final class WooApi {

    private static final String BASE = "/shop/wp-json/wc/v3/";
    private static final BasicCredentials CONSUMER = new BasicCredentials("ck_demo", "cs_demo");

    private final WooProducts products;
    private final WooOrders orders;
    private final WooWebhooks webhooks;
    private final AtomicLong requests = new AtomicLong();

    WooApi(Store store, Shop shop, URI base) {
        this.products = new WooProducts(store, shop, base);
        this.orders = new WooOrders(store, base);
        this.webhooks = new WooWebhooks(store, shop, base);
    }

    /** Gives back the count of the requests that reached the API since the start, refused ones included. */
    LongSupplier addTo(Router router) {
        router.on("GET", BASE + "products", guarded(products::list));
        router.on("POST", BASE + "products/batch", guarded(products::batch));
        router.on("PUT", BASE + "products/batch", guarded(products::batch));
        router.on("GET", BASE + "products/{id}", guarded(products::one));
        router.on("PUT", BASE + "products/{id}", guarded(products::update));
        router.on("GET", BASE + "orders", guarded(orders::list));
        router.on("GET", BASE + "orders/{id}", guarded(orders::one));
        router.on("GET", BASE + "webhooks", guarded(webhooks::list));
        router.on("POST", BASE + "webhooks", guarded(webhooks::create));
        router.on("GET", BASE + "webhooks/{id}", guarded(webhooks::one));
        router.on("PUT", BASE + "webhooks/{id}", guarded(webhooks::update));
        router.on("DELETE", BASE + "webhooks/{id}", guarded(webhooks::delete));
        router.on(Router.ANY, "/shop/wp-json/*", guarded(_ -> noRoute()));
        return requests::get;
    }

    /** WordPress reads ids as digits; anything else is no route there. */
    static long id(Call call) {
        String text = call.variable("id");
        if (text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9') || text.isEmpty()) {
            throw new Refused(noRoute(), "not an id");
        }
        return Long.parseLong(text);
    }

    private static Answer noRoute() {
        return Answer.json(
                404, WooErrors.error(404, "rest_no_route", "No route was found matching the URL and request method."));
    }

    private Router.Handler guarded(Router.Handler handler) {
        return call -> {
            requests.incrementAndGet();
            if (!CONSUMER.areIn(call)) {
                throw WooErrors.refused(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
            }
            try {
                return handler.answer(call);
            } catch (MalformedBody e) {
                throw WooErrors.refused(400, "rest_invalid_json", "Invalid JSON body passed.");
            }
        };
    }
}
