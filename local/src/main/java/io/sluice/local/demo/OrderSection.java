package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shop's orders beside the sales orders that reached the warehouse, newest first. */
final class OrderSection {

    /** The page shows the latest; all of them are in the state as JSON. */
    private static final int SHOWN = 20;

    private final State state;

    OrderSection(State state) {
        this.state = state;
    }

    static String productOptions(State state) {
        return state.warehouse().stock().stream()
                .map(level -> "<option value=\"%s\">%s · %s</option>"
                        .formatted(Html.text(level.sku()), Html.text(level.sku()), Html.text(level.description())))
                .collect(Collectors.joining());
    }

    String render() {
        return """
            <div class="columns">
            <section class="card" aria-labelledby="orders">
            <h2 id="orders">Orders in the shop</h2>
            %s
            <form method="post" action="/shop/orders">
            <label>Product <select name="sku">%s</select></label>
            <label>Quantity <input name="quantity" type="number" min="1" max="10000" value="1" required></label>
            <label>E-mail <input name="email" type="email" placeholder="shopper@example.com"></label>
            <button>Place order</button>
            </form>
            </section>
            <section class="card" aria-labelledby="sales-orders">
            <h2 id="sales-orders">Sales orders in the warehouse</h2>
            %s
            </section>
            </div>
            """.formatted(shopOrders(), productOptions(state), salesOrders());
    }

    private String shopOrders() {
        List<List<String>> rows = newest(state.shop().orders())
                .map(order -> List.of(
                        Html.mono(field(order, "number")),
                        lines(order.path("line_items"), "quantity", "sku"),
                        Html.text(field(order, "total") + " " + field(order, "currency")),
                        Html.text(field(order, "date_created_gmt").replace('T', ' ') + " UTC")))
                .toList();
        return Html.table(
                "Latest orders in the shop", List.of("Order", "Lines", "Total", "Placed"), rows, "No orders yet.");
    }

    private String salesOrders() {
        List<List<String>> rows = newest(state.warehouse().salesOrders())
                .map(order -> List.of(
                        Html.mono(field(order, "OrderNumber")),
                        Html.text(field(order, "CustomerRef")),
                        lines(order.path("SalesOrderLines"), "OrderQuantity", "Product", "ProductCode"),
                        Html.text(field(order, "OrderStatus")),
                        Html.time(UnleashedFormat.instant(field(order, "CreatedOn")))))
                .toList();
        return Html.table(
                "Latest sales orders in the warehouse",
                List.of("Number", "Reference", "Lines", "Status", "Received"),
                rows,
                "None received yet.");
    }

    private static Stream<ObjectNode> newest(List<ObjectNode> orders) {
        return orders.reversed().stream().limit(SHOWN);
    }

    private static String field(JsonNode node, String name) {
        return node.path(name).asText("").equals("null") ? "" : node.path(name).asText("");
    }

    private static String lines(JsonNode lines, String quantity, String... product) {
        return lines.valueStream()
                .map(line -> Html.text(line.path(quantity).asText() + " × " + deep(line, product)))
                .collect(Collectors.joining("<br>"));
    }

    private static String deep(JsonNode node, String... path) {
        JsonNode found = node;
        for (String name : path) {
            found = found.path(name);
        }
        return found.asText("");
    }
}
