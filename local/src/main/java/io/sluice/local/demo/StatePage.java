package io.sluice.local.demo;

import java.util.List;
import java.util.Objects;

/** The page of the demo systems: is the shop in step with the warehouse, and what went to and fro? */
final class StatePage {

    private final State state;

    StatePage(State state) {
        this.state = state;
    }

    String render() {
        return Html.page(
                "Demo warehouse and shop",
                """
                <header>
                <h1>Demo warehouse and shop</h1>
                <p class="lead">%s</p>
                <p><a class="button quiet" href="/">Refresh</a></p>
                </header>
                """.formatted(Html.text(summary()))
                        + stock()
                        + new OrderSection(state).render()
                        + new WebhookSection(state).render()
                        + new DeliverySection(state).render()
                        + connecting());
    }

    private String summary() {
        long different = state.warehouse().stock().stream()
                .filter(level -> !difference(level).equals("same"))
                .count();
        if (different == 0) {
            return "The shop shows what the warehouse has.";
        }
        return different + " of " + state.warehouse().stock().size()
                + " products differ between the warehouse and the shop.";
    }

    private String stock() {
        List<List<String>> rows = state.warehouse().stock().stream()
                .map(level -> List.of(
                        Html.mono(level.sku()),
                        Html.text(level.description()),
                        Integer.toString(level.quantity()),
                        shopQuantity(level),
                        differencePill(difference(level)),
                        Html.time(level.updatedAt())))
                .toList();
        return """
            <section class="card" aria-labelledby="stock">
            <h2 id="stock">Stock</h2>
            %s
            <form method="post" action="/warehouse/stock">
            <label>Product <select name="sku">%s</select></label>
            <label>New quantity in the warehouse
            <input name="quantity" type="number" min="0" max="1000000" required></label>
            <button>Change stock</button>
            </form>
            </section>
            """.formatted(
                Html.table(
                        "Stock of each product in the warehouse and the shop",
                        List.of("SKU", "Product", "Warehouse", "Shop", "Difference", "Changed in the warehouse"),
                        rows,
                        "No products."),
                OrderSection.productOptions(state));
    }

    private String shopQuantity(StockLevel level) {
        return state.shop()
                .product(level.sku())
                .map(Product::stockQuantity)
                .map(Objects::toString)
                .orElse("–");
    }

    private String difference(StockLevel level) {
        return state.shop()
                .product(level.sku())
                .map(Product::stockQuantity)
                .map(quantity -> inWords(quantity - level.quantity()))
                .orElse("not counted by the shop");
    }

    private static String inWords(int more) {
        if (more == 0) {
            return "same";
        }
        return more > 0 ? "shop shows " + more + " too many" : "shop shows " + -more + " too few";
    }

    private static String differencePill(String words) {
        return Html.pill(words.equals("same") ? "ok" : "warn", words);
    }

    private static String connecting() {
        return """
            <section class="card" aria-labelledby="connect">
            <h2 id="connect">How to connect</h2>
            <dl>
            <dt>Warehouse, Unleashed API</dt>
            <dd><code>/warehouse/StockOnHand</code> ·
            id <code>demo-warehouse-id</code>, key <code>demo-warehouse-key</code></dd>
            <dt>Warehouse, stock by cursor</dt>
            <dd><code>/warehouse/stock?updated_after=</code> ·
            <code>warehouse</code> / <code>warehouse-password</code></dd>
            <dt>Shop, WooCommerce API</dt>
            <dd><code>/shop/wp-json/wc/v3/products</code> · <code>ck_demo</code> / <code>cs_demo</code></dd>
            <dt>Any request, answered with itself</dt>
            <dd><code>/echo?status=503&amp;delay=2000</code> · what came is at <a href="/echo-log">/echo-log</a></dd>
            <dt>This page as JSON</dt>
            <dd><a href="/state">/state</a></dd>
            </dl>
            </section>
            """;
    }
}
