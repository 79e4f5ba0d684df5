package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The shop's things as WooCommerce REST v3 writes them. The shop's zone is UTC, so both kinds of dates are equal. */
final class WooFormat {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String CURRENCY = "AUD";

    private WooFormat() {}

    static ObjectNode product(Product product) {
        ObjectNode node = DemoJson.object()
                .put("id", product.id())
                .put("name", product.name())
                .put("slug", product.sku().toLowerCase(Locale.ROOT))
                .put("type", "simple")
                .put("status", "publish")
                .put("catalog_visibility", "visible")
                .put("sku", product.sku())
                .put("price", money(product.price()))
                .put("regular_price", money(product.price()))
                .put("sale_price", "")
                .put("manage_stock", product.manageStock())
                .put("stock_quantity", product.stockQuantity())
                .put("stock_status", isInStock(product) ? "instock" : "outofstock")
                .put("backorders", "no")
                .put("backorders_allowed", false)
                .put("date_modified", date(product.modifiedAt()))
                .put("date_modified_gmt", date(product.modifiedAt()));
        node.putArray("categories");
        node.putArray("meta_data");
        return node;
    }

    static ObjectNode order(int id, String key, String email, List<Line> lines, Instant at) {
        BigDecimal total = lines.stream().map(Line::total).reduce(BigDecimal.ZERO, BigDecimal::add);
        ObjectNode order = DemoJson.object()
                .put("id", id)
                .put("parent_id", 0)
                .put("number", Integer.toString(id))
                .put("order_key", key)
                .put("created_via", "checkout")
                .put("version", "8.9.3")
                .put("status", "processing")
                .put("currency", CURRENCY)
                .put("date_created", date(at))
                .put("date_created_gmt", date(at))
                .put("date_modified", date(at))
                .put("date_modified_gmt", date(at))
                .put("discount_total", "0.00")
                .put("shipping_total", "0.00")
                .put("total", money(total))
                .put("total_tax", "0.00")
                .put("prices_include_tax", false)
                .put("customer_id", 0)
                .put("customer_note", "");
        addParts(order, email, lines);
        return order;
    }

    private static void addParts(ObjectNode order, String email, List<Line> lines) {
        address(order.putObject("billing")).put("email", email).put("phone", "02 5550 0100");
        address(order.putObject("shipping"));
        order.put("payment_method", "cod").put("payment_method_title", "Cash on delivery");
        addLines(order.putArray("line_items"), order.path("id").intValue(), lines);
        for (String empty :
                List.of("meta_data", "tax_lines", "shipping_lines", "fee_lines", "coupon_lines", "refunds")) {
            order.putArray(empty);
        }
    }

    static ObjectNode webhook(ShopWebhook webhook) {
        return DemoJson.object()
                .put("id", webhook.id())
                .put("name", webhook.name())
                .put("status", webhook.status().name())
                .put("topic", webhook.topic())
                .put("resource", webhook.resource())
                .put("event", webhook.event())
                .put("delivery_url", webhook.deliveryUrl())
                .put("date_created", date(webhook.createdAt()))
                .put("date_created_gmt", date(webhook.createdAt()))
                .put("date_modified", date(webhook.modifiedAt()))
                .put("date_modified_gmt", date(webhook.modifiedAt()));
    }

    static String date(Instant instant) {
        return DATE.format(instant);
    }

    private static boolean isInStock(Product product) {
        Integer quantity = product.stockQuantity();
        return quantity == null || quantity > 0;
    }

    private static ObjectNode address(ObjectNode node) {
        return node.put("first_name", "Sam")
                .put("last_name", "Shopper")
                .put("company", "")
                .put("address_1", "1 Harbour Street")
                .put("address_2", "")
                .put("city", "Sydney")
                .put("state", "NSW")
                .put("postcode", "2000")
                .put("country", "AU");
    }

    /** Line ids are unique in the shop: a hundred and more lines an order are not sold here. */
    private static void addLines(ArrayNode items, int orderId, List<Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            items.addObject()
                    .put("id", orderId * 100 + i)
                    .put("name", line.product().name())
                    .put("product_id", line.product().id())
                    .put("variation_id", 0)
                    .put("quantity", line.quantity())
                    .put("tax_class", "")
                    .put("subtotal", money(line.total()))
                    .put("subtotal_tax", "0.00")
                    .put("total", money(line.total()))
                    .put("total_tax", "0.00")
                    .put("sku", line.product().sku())
                    .put("price", line.product().price());
        }
    }

    private static String money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }

    /** A line of an order: so many of a product. */
    record Line(Product product, int quantity) {

        BigDecimal total() {
            return product.price().multiply(BigDecimal.valueOf(quantity));
        }
    }
}
