package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Products over REST: read them, set the stock of one or of up to a hundred. */
final class WooProducts {

    private static final int MOST_IN_BATCH = 100;
    private static final String INVALID_ID = "woocommerce_rest_product_invalid_id";

    private final Store store;
    private final Shop shop;
    private final URI base;

    WooProducts(Store store, Shop shop, URI base) {
        this.store = store;
        this.shop = shop;
        this.base = base;
    }

    Answer list(Call call) {
        Optional<List<String>> skus = call.query("sku")
                .filter(text -> !text.isBlank())
                .map(text ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList());
        return new WooCollection(call, base)
                .answer(store.read().shop().products().stream()
                        .filter(product -> skus.isEmpty() || skus.get().contains(product.sku()))
                        .map(WooFormat::product)
                        .toList());
    }

    Answer one(Call call) {
        return store.read()
                .shop()
                .product(WooApi.id(call))
                .map(product -> Answer.json(200, WooFormat.product(product)))
                .orElseThrow(() -> WooErrors.refused(404, INVALID_ID, "Invalid ID."));
    }

    Answer update(Call call) {
        ObjectNode changes = call.json().put("id", WooApi.id(call));
        ObjectNode result = updated(changes);
        JsonNode error = result.path("error");
        return error.isObject() ? Answer.json(400, error) : Answer.json(200, result);
    }

    /** Items fail one by one, inside an answer of 200. */
    Answer batch(Call call) {
        ObjectNode body = call.json();
        if (!body.path("create").isEmpty() || !body.path("delete").isEmpty()) {
            throw WooErrors.invalidParameter("create", "The demo shop updates products; it creates and deletes none.");
        }
        JsonNode items = body.path("update");
        if (items.size() > MOST_IN_BATCH) {
            throw WooErrors.refused(
                    413,
                    "woocommerce_rest_request_entity_too_large",
                    "Unable to accept more than " + MOST_IN_BATCH + " items for this request.");
        }
        if (!items.isArray() && !items.isMissingNode()) {
            throw WooErrors.invalidParameter("update", "update is not of type array.");
        }
        var answer = DemoJson.object();
        if (!items.isEmpty()) {
            answer.set("update", items.valueStream().map(this::updated).collect(DemoJson.toArray()));
        }
        return Answer.json(200, answer);
    }

    private ObjectNode updated(JsonNode changes) {
        JsonNode id = changes.path("id");
        try {
            return shop.changeStock(
                            number(changes, "id").orElse(0), managed(changes), number(changes, "stock_quantity"))
                    .map(WooFormat::product)
                    .orElseGet(() -> failed(id, WooErrors.error(400, INVALID_ID, "Invalid ID.")));
        } catch (Refused e) {
            String message = String.valueOf(e.getMessage());
            return failed(id, WooErrors.error(400, "rest_invalid_param", "Invalid parameter(s): " + message));
        }
    }

    private static ObjectNode failed(JsonNode id, ObjectNode error) {
        ObjectNode item = DemoJson.object().put("id", id.asLong(0));
        item.set("error", error);
        return item;
    }

    private static Optional<Boolean> managed(JsonNode changes) {
        JsonNode value = changes.path("manage_stock");
        return value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
    }

    /** Numbers may come as text, since WordPress casts them. */
    private static Optional<Integer> number(JsonNode changes, String name) {
        JsonNode value = changes.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (value.isIntegralNumber() && value.canConvertToInt()) {
            return Optional.of(value.intValue());
        }
        try {
            return Optional.of(Integer.parseInt(value.asText().strip()));
        } catch (NumberFormatException e) {
            throw Refused.badRequest(name);
        }
    }
}
