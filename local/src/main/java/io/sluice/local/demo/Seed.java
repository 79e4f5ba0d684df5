package io.sluice.local.demo;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What the demo systems begin with: the same six products on both sides, some with other quantities. */
final class Seed {

    /** The customer that the shop's orders are booked on in the warehouse. */
    static final String CUSTOMER_CODE = "WEB";

    static final String CUSTOMER_NAME = "Web shop";
    static final String WAREHOUSE_CODE = "MAIN";
    static final String WAREHOUSE_NAME = "Main warehouse";

    private static final int FIRST_PRODUCT_ID = 11;
    private static final int FIRST_ORDER_ID = 1001;

    private static final List<Article> ARTICLES = List.of(
            new Article("A-100", "Enamel mug, white", "14.90", 42, 42),
            new Article("A-101", "Canvas tote bag", "19.00", 17, 20),
            new Article("A-102", "Notebook, dotted, A5", "11.50", 130, 130),
            new Article("A-103", "Brass pencil sharpener", "8.75", 0, 6),
            new Article("A-104", "Wool blanket, grey", "89.00", 9, 9),
            new Article("A-105", "Desk lamp, black", "64.00", 25, 12));

    private Seed() {}

    static State state(Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS).minusMillis(ARTICLES.size());
        var stock = new ArrayList<StockLevel>();
        var products = new ArrayList<Product>();
        for (int i = 0; i < ARTICLES.size(); i++) {
            Article article = ARTICLES.get(i);
            var price = new BigDecimal(article.price());
            stock.add(new StockLevel(
                    article.sku(),
                    article.name(),
                    guid(article.sku()),
                    price,
                    article.inWarehouse(),
                    at.plusMillis(i)));
            products.add(new Product(
                    FIRST_PRODUCT_ID + i, article.sku(), article.name(), price, true, article.inShop(), at));
        }
        return new State(
                new WarehouseState(stock, List.of(), 1, null, List.of()),
                new ShopState(products, List.of(), FIRST_ORDER_ID, List.of(), 1, List.of()));
    }

    /** The same in each installation, so that examples can name it. */
    static UUID guid(String name) {
        return UUID.nameUUIDFromBytes(("sluice-demo:" + name).getBytes(StandardCharsets.UTF_8));
    }

    private record Article(String sku, String name, String price, int inWarehouse, int inShop) {}
}
