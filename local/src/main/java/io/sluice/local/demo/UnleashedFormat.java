package io.sluice.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;

/** The warehouse's things as Unleashed writes them. Orders reserve nothing here, so all on hand is available. */
final class UnleashedFormat {

    private static final String DATE_START = "/Date(";
    private static final String DATE_END = ")/";

    private UnleashedFormat() {}

    static ObjectNode stockOnHand(StockLevel level) {
        var quantity = BigDecimal.valueOf(level.quantity());
        return DemoJson.object()
                .put("ProductCode", level.sku())
                .put("ProductDescription", level.description())
                .put("ProductGuid", level.guid().toString())
                .putNull("ProductSourceId")
                .put("ProductGroupName", "Demo")
                .put("WarehouseId", Seed.guid(Seed.WAREHOUSE_CODE).toString())
                .put("Warehouse", Seed.WAREHOUSE_NAME)
                .put("WarehouseCode", Seed.WAREHOUSE_CODE)
                .putNull("DaysSinceLastSale")
                .put("OnPurchase", BigDecimal.ZERO)
                .put("AllocatedQty", BigDecimal.ZERO)
                .put("AvailableQty", quantity)
                .put("QtyOnHand", quantity)
                .put("AvgCost", BigDecimal.ZERO)
                .put("TotalCost", BigDecimal.ZERO)
                .put("Guid", level.guid().toString())
                .put("LastModifiedOn", date(level.updatedAt()));
    }

    static ObjectNode product(StockLevel level) {
        return DemoJson.object()
                .put("ProductCode", level.sku())
                .put("ProductDescription", level.description())
                .putNull("Barcode")
                .putNull("PackSize")
                .put("DefaultSellPrice", level.sellPrice())
                .putNull("DefaultPurchasePrice")
                .put("TaxablePurchase", true)
                .put("TaxableSales", true)
                .put("IsAssembledProduct", false)
                .put("IsComponent", false)
                .put("IsSellable", true)
                .put("Obsolete", false)
                .putNull("ProductGroup")
                .putNull("SourceId")
                .put("Guid", level.guid().toString());
    }

    /** Dates are milliseconds since 1970 in .NET's old JSON notation. */
    static String date(Instant instant) {
        return DATE_START + instant.toEpochMilli() + DATE_END;
    }

    static Instant instant(String date) {
        return Instant.ofEpochMilli(
                Long.parseLong(date.substring(DATE_START.length(), date.length() - DATE_END.length())));
    }
}
