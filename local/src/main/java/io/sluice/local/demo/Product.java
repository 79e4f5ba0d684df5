package io.sluice.local.demo;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A product of the shop. Without stock management it has no quantity. */
record Product(
        int id,
        String sku,
        String name,
        BigDecimal price,
        boolean manageStock,
        @Nullable Integer stockQuantity,
        Instant modifiedAt) {

    Product withStock(boolean managed, int quantity, Instant at) {
        return new Product(id, sku, name, price, managed, managed ? quantity : null, at);
    }
}
