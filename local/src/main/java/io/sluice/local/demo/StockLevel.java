package io.sluice.local.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** How much of a product the warehouse has, and since when. */
record StockLevel(String sku, String description, UUID guid, BigDecimal sellPrice, int quantity, Instant updatedAt) {

    StockLevel changed(int newQuantity, Instant at) {
        return new StockLevel(sku, description, guid, sellPrice, newQuantity, at);
    }
}
