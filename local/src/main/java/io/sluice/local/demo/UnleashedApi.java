package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The warehouse in Unleashed's documented wire format: stock on hand, products, sales orders. */
final class UnleashedApi {

    private static final String BASE = "/warehouse/";

    private final Store store;
    private final SalesOrders salesOrders;

    UnleashedApi(Store store, SalesOrders salesOrders) {
        this.store = store;
        this.salesOrders = salesOrders;
    }

    void addTo(Router router) {
        addList(router, "StockOnHand", this::stockOnHand, guid -> one(guid, UnleashedFormat::stockOnHand));
        addList(router, "Products", this::products, guid -> one(guid, UnleashedFormat::product));
        addList(router, "SalesOrders", this::orders, salesOrders::find);
        router.on("POST", BASE + "SalesOrders", UnleashedGuard.guarded(call -> receive(call, Optional.empty())));
        router.on(
                "POST",
                BASE + "SalesOrders/{guid}",
                UnleashedGuard.guarded(call -> receive(call, Optional.of(UnleashedQuery.guid(call.variable("guid"))))));
    }

    private static void addList(
            Router router,
            String name,
            Function<UnleashedQuery, Answer> list,
            Function<UUID, Optional<JsonNode>> find) {
        router.on("GET", BASE + name, UnleashedGuard.guarded(call -> list.apply(new UnleashedQuery(call, 1))));
        router.on(
                "GET",
                BASE + name + "/{segment}",
                UnleashedGuard.guarded(call -> UnleashedQuery.pageOrOne(call, list, find)));
    }

    private Answer stockOnHand(UnleashedQuery query) {
        Instant since = query.modifiedSince();
        return query.answer(levels().filter(level -> !level.updatedAt().isBefore(since))
                .map(UnleashedFormat::stockOnHand)
                .toList());
    }

    /** The demo's products never change, only their stock does. */
    private Answer products(UnleashedQuery query) {
        String code = query.filter("productCode").orElse("");
        return query.answer(levels().filter(level -> level.sku().startsWith(code))
                .map(UnleashedFormat::product)
                .toList());
    }

    private Answer orders(UnleashedQuery query) {
        Instant since = query.modifiedSince();
        Optional<String> number = query.filter("orderNumber");
        Optional<List<String>> statuses = query.filter("orderStatus").map(text -> Arrays.asList(text.split(",", -1)));
        return query.answer(store.read().warehouse().salesOrders().stream()
                .filter(order -> number.isEmpty() || number.get().equals(text(order, "OrderNumber")))
                .filter(order -> statuses.isEmpty() || statuses.get().contains(text(order, "OrderStatus")))
                .filter(order ->
                        !UnleashedFormat.instant(text(order, "LastModifiedOn")).isBefore(since))
                .toList());
    }

    private Answer receive(Call call, Optional<UUID> guid) {
        SalesOrders.Received received = salesOrders.receive(guid, call.json());
        return Answer.json(received.isNew() ? 201 : 200, received.order());
    }

    private Stream<StockLevel> levels() {
        return store.read().warehouse().stock().stream().sorted(Comparator.comparing(StockLevel::sku));
    }

    private Optional<JsonNode> one(UUID guid, Function<StockLevel, ObjectNode> format) {
        return levels().filter(level -> level.guid().equals(guid)).findFirst().map(format);
    }

    private static String text(ObjectNode order, String field) {
        return order.path(field).asText();
    }
}
