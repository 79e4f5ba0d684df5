package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.local.demo.UnleashedErrors.FieldProblem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The sales orders that the warehouse has received. The GUID decides whether one is new: a repeat is not doubled. */
final class SalesOrders {

    /** More orders than a person looks at; bounds the file that each change writes anew. */
    private static final int MOST_ORDERS = 10_000;

    private final Store store;
    private final InstantSource clock;
    private final Supplier<UUID> ids;

    SalesOrders(Store store, InstantSource clock, Supplier<UUID> ids) {
        this.store = store;
        this.clock = clock;
        this.ids = ids;
    }

    Optional<JsonNode> find(UUID guid) {
        return find(store.read().warehouse(), guid).map(order -> order);
    }

    /** Books a new order, or replaces the one with that GUID; number and creation date stay what they were. */
    Received receive(Optional<UUID> named, ObjectNode body) {
        UUID guid = named.orElseGet(() -> ownGuid(body).orElseGet(ids));
        return store.change(state -> {
            WarehouseState warehouse = state.warehouse();
            Optional<ObjectNode> earlier = find(warehouse, guid);
            var problems = new ArrayList<>(new SalesOrderCheck(warehouse, body).problems());
            ownGuid(body)
                    .filter(own -> !own.equals(guid))
                    .ifPresent(_ -> problems.add(FieldProblem.invalid("Guid", "Guid differs from the one in the URL")));
            if (isTaken(warehouse, guid, body.path("OrderNumber").asText(""))) {
                problems.add(FieldProblem.invalid("OrderNumber", "Another sales order has this OrderNumber"));
            }
            if (!problems.isEmpty()) {
                throw UnleashedErrors.badData(problems);
            }
            ObjectNode order = complete(warehouse, guid, body, earlier);
            return Store.Change.to(
                    state.with(withOrder(warehouse, order, earlier)), new Received(order, earlier.isEmpty()));
        });
    }

    private static Optional<ObjectNode> find(WarehouseState warehouse, UUID guid) {
        return warehouse.salesOrders().stream()
                .filter(order -> guid(order).equals(guid.toString()))
                .findFirst();
    }

    private static String guid(ObjectNode order) {
        return order.path("Guid").asText();
    }

    private static Optional<UUID> ownGuid(ObjectNode body) {
        return body.path("Guid").isTextual()
                ? Optional.of(UnleashedQuery.guid(body.path("Guid").textValue()))
                : Optional.empty();
    }

    private static boolean isTaken(WarehouseState warehouse, UUID guid, String number) {
        return warehouse.salesOrders().stream()
                .filter(order -> !guid(order).equals(guid.toString()))
                .anyMatch(order -> order.path("OrderNumber").asText().equals(number));
    }

    private static WarehouseState withOrder(WarehouseState warehouse, ObjectNode order, Optional<ObjectNode> earlier) {
        var orders = new ArrayList<>(warehouse.salesOrders());
        if (earlier.isPresent()) {
            orders.replaceAll(other -> guid(other).equals(guid(order)) ? order : other);
            return warehouse.withSalesOrders(orders, warehouse.nextOrderNumber());
        }
        orders.add(order);
        List<ObjectNode> kept = orders.subList(Math.max(0, orders.size() - MOST_ORDERS), orders.size());
        return warehouse.withSalesOrders(kept, warehouse.nextOrderNumber() + 1);
    }

    private ObjectNode complete(WarehouseState warehouse, UUID guid, ObjectNode body, Optional<ObjectNode> earlier) {
        String now = UnleashedFormat.date(clock.instant());
        ObjectNode order = body.deepCopy();
        order.put("Guid", guid.toString());
        order.put(
                "CreatedOn", earlier.map(old -> old.path("CreatedOn").asText()).orElse(now));
        order.put("LastModifiedOn", now);
        order.put(
                "OrderNumber",
                earlier.map(old -> old.path("OrderNumber").asText()).orElseGet(() -> number(warehouse, guid, body)));
        setIfAbsent(order, "OrderDate", order.path("CreatedOn").asText());
        order.putObject("Customer")
                .put("CustomerCode", Seed.CUSTOMER_CODE)
                .put("CustomerName", Seed.CUSTOMER_NAME)
                .put("Guid", Seed.guid(Seed.CUSTOMER_CODE).toString());
        order.putObject("Warehouse")
                .put("WarehouseCode", Seed.WAREHOUSE_CODE)
                .put("WarehouseName", Seed.WAREHOUSE_NAME)
                .put("Guid", Seed.guid(Seed.WAREHOUSE_CODE).toString());
        completeLines(warehouse, guid, order.withArray("SalesOrderLines"));
        return order;
    }

    /** The sender's number, else the next of ours that no sender has used. */
    private static String number(WarehouseState warehouse, UUID guid, ObjectNode body) {
        String given = body.path("OrderNumber").asText("");
        return given.isEmpty()
                ? IntStream.iterate(warehouse.nextOrderNumber(), next -> next + 1)
                        .mapToObj(next -> String.format(Locale.ROOT, "SO-%08d", next))
                        .filter(candidate -> !isTaken(warehouse, guid, candidate))
                        .findFirst()
                        .orElseThrow()
                : given;
    }

    private static void completeLines(WarehouseState warehouse, UUID guid, ArrayNode lines) {
        for (JsonNode node : lines) {
            var line = (ObjectNode) node;
            SalesOrderCheck.product(warehouse, line.path("Product"))
                    .ifPresent(level -> line.putObject("Product")
                            .put("Guid", level.guid().toString())
                            .put("ProductCode", level.sku())
                            .put("ProductDescription", level.description()));
            setIfAbsent(
                    line,
                    "Guid",
                    Seed.guid(guid + "/" + line.path("LineNumber").asText()).toString());
        }
    }

    private static void setIfAbsent(ObjectNode node, String field, String value) {
        if (!node.hasNonNull(field)) {
            node.put(field, value);
        }
    }

    /** The order as it is kept, and whether it was unknown before. */
    record Received(ObjectNode order, boolean isNew) {}
}
