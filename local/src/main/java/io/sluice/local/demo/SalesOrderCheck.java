package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.local.demo.UnleashedErrors.FieldProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds everything that Unleashed would refuse in a new sales order: missing fields, unknown codes, wrong sums. */
final class SalesOrderCheck {

    private static final Set<String> STATUSES = Set.of("Parked", "Placed", "Backordered", "Completed");
    private static final Set<String> TAX_CODES = Set.of("G.S.T.", "EXPORT", "NONE");

    /** Amounts may differ by a rounded cent per line. */
    private static final BigDecimal CENT = new BigDecimal("0.01");

    private static final int LARGEST_PRECISION = 20;

    private final WarehouseState warehouse;
    private final JsonNode order;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final Set<BigDecimal> lineNumbers = new HashSet<>();

    SalesOrderCheck(WarehouseState warehouse, JsonNode order) {
        this.warehouse = warehouse;
        this.order = order;
    }

    List<FieldProblem> problems() {
        checkReference("Customer", "CustomerCode", Seed.CUSTOMER_CODE, true);
        checkReference("Warehouse", "WarehouseCode", Seed.WAREHOUSE_CODE, false);
        checkWord("OrderStatus", order.path("OrderStatus"), STATUSES);
        checkWord("Tax.TaxCode", order.path("Tax").path("TaxCode"), TAX_CODES);
        number(order, "", "ExchangeRate");
        JsonNode lines = order.path("SalesOrderLines");
        if (!lines.isArray() || lines.isEmpty()) {
            problems.add(FieldProblem.missing("SalesOrderLines"));
            return problems;
        }
        for (int i = 0; i < lines.size(); i++) {
            checkLine(lines.path(i), "SalesOrderLines[" + i + "].");
        }
        checkTotals(lines);
        return problems;
    }

    /** The product that a line names by code or GUID. */
    static Optional<StockLevel> product(WarehouseState warehouse, JsonNode product) {
        return warehouse.stock().stream()
                .filter(level -> level.sku().equals(product.path("ProductCode").asText())
                        || level.guid()
                                .toString()
                                .equalsIgnoreCase(product.path("Guid").asText()))
                .findFirst();
    }

    private void checkLine(JsonNode line, String path) {
        if (!line.isObject()) {
            problems.add(FieldProblem.invalid(path, "A line must be an object"));
            return;
        }
        number(line, path, "LineNumber")
                .filter(number -> !lineNumbers.add(number))
                .ifPresent(number -> problems.add(
                        FieldProblem.invalid(path + "LineNumber", "LineNumber " + number + " comes twice")));
        checkProduct(line.path("Product"), path + "Product");
        checkOptionalNumber(line, path, "LineTax");
        checkOptionalNumber(line, path, "DiscountRate");
        Optional<BigDecimal> quantity = number(line, path, "OrderQuantity");
        quantity.filter(value -> value.signum() <= 0)
                .ifPresent(_ ->
                        problems.add(FieldProblem.invalid(path + "OrderQuantity", "OrderQuantity must be above 0")));
        Optional<BigDecimal> price = number(line, path, "UnitPrice");
        Optional<BigDecimal> total = number(line, path, "LineTotal");
        if (quantity.isPresent() && price.isPresent() && total.isPresent()) {
            var discount = BigDecimal.ONE.subtract(decimal(line, "DiscountRate"));
            var expected = quantity.get().multiply(price.get()).multiply(discount);
            checkSum(path + "LineTotal", total.get(), expected, 1, "OrderQuantity × UnitPrice × (1 − DiscountRate)");
        }
    }

    private void checkProduct(JsonNode product, String field) {
        if (product.path("ProductCode").asText().isEmpty()
                && product.path("Guid").asText().isEmpty()) {
            problems.add(FieldProblem.missing(field + ".ProductCode"));
        } else if (product(warehouse, product).isEmpty()) {
            problems.add(FieldProblem.invalid(
                    field,
                    "There is no product "
                            + product.path("ProductCode")
                                    .asText(product.path("Guid").asText())));
        }
    }

    private void checkTotals(JsonNode lines) {
        BigDecimal lineTotals = sum(lines, "LineTotal");
        BigDecimal lineTaxes = sum(lines, "LineTax");
        Optional<BigDecimal> subTotal = number(order, "", "SubTotal");
        Optional<BigDecimal> taxTotal = number(order, "", "TaxTotal");
        Optional<BigDecimal> total = number(order, "", "Total");
        subTotal.ifPresent(value -> checkSum("SubTotal", value, lineTotals, lines.size(), "the sum of LineTotal"));
        taxTotal.ifPresent(value -> checkSum("TaxTotal", value, lineTaxes, lines.size(), "the sum of LineTax"));
        if (subTotal.isPresent() && taxTotal.isPresent() && total.isPresent()) {
            checkSum("Total", total.get(), subTotal.get().add(taxTotal.get()), 1, "SubTotal + TaxTotal");
        }
    }

    private void checkSum(String field, BigDecimal value, BigDecimal expected, int lines, String formula) {
        BigDecimal tolerance = CENT.multiply(BigDecimal.valueOf(lines));
        if (value.subtract(expected).abs().compareTo(tolerance) > 0) {
            problems.add(FieldProblem.invalid(
                    field,
                    field + " is " + value.toPlainString() + " but " + formula + " is " + expected.toPlainString()));
        }
    }

    private void checkReference(String field, String codeField, String known, boolean required) {
        JsonNode reference = order.path(field);
        String code = reference.path(codeField).asText("");
        String guid = reference.path("Guid").asText("");
        if (code.isEmpty() && guid.isEmpty()) {
            if (required) {
                problems.add(FieldProblem.missing(field + "." + codeField));
            }
        } else if (!code.equals(known)
                && !guid.equalsIgnoreCase(Seed.guid(known).toString())) {
            problems.add(FieldProblem.invalid(field, "There is no " + field + " " + (code.isEmpty() ? guid : code)));
        }
    }

    private void checkWord(String field, JsonNode value, Set<String> allowed) {
        if (value.asText("").isEmpty()) {
            problems.add(FieldProblem.missing(field));
        } else if (!allowed.contains(value.asText())) {
            problems.add(FieldProblem.invalid(field, field + " must be one of " + String.join(", ", sorted(allowed))));
        }
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private Optional<BigDecimal> number(JsonNode parent, String path, String field) {
        JsonNode value = parent.path(field);
        if (isAmount(value)) {
            return Optional.of(value.decimalValue());
        }
        problems.add(
                value.isMissingNode() || value.isNull()
                        ? FieldProblem.missing(path + field)
                        : FieldProblem.invalid(path + field, field + " must be a number"));
        return Optional.empty();
    }

    /** A number that can be reckoned with: 1e999999999 is one to JSON, and a minute of sums to us. */
    private static boolean isAmount(JsonNode value) {
        return value.isNumber()
                && value.decimalValue().precision() <= LARGEST_PRECISION
                && Math.abs(value.decimalValue().scale()) <= LARGEST_PRECISION;
    }

    private void checkOptionalNumber(JsonNode parent, String path, String field) {
        if (parent.hasNonNull(field)) {
            var _ = number(parent, path, field);
        }
    }

    private static BigDecimal sum(JsonNode lines, String field) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode line : lines) {
            sum = sum.add(decimal(line, field));
        }
        return sum;
    }

    private static BigDecimal decimal(JsonNode node, String field) {
        return isAmount(node.path(field)) ? node.path(field).decimalValue() : BigDecimal.ZERO;
    }
}
