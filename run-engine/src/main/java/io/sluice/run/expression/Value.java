package io.sluice.run.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value of a flow in which each string of the form <code>${ … }</code> is an expression. */
public sealed interface Value {

    record Constant(@Nullable Object value) implements Value {}

    record Computed(Expression expression) implements Value {}

    record Members(Map<String, Value> members) implements Value {}

    record Items(List<Value> items) implements Value {}

    /** @throws ExpressionException when an expression in it fails */
    default @Nullable Object evaluate(@Nullable Object input, Variables variables, Bounds bounds) {
        return switch (this) {
            case Constant(var value) -> value;
            case Computed(var expression) -> expression.evaluate(input, variables, bounds);
            case Members(var members) -> {
                Map<String, @Nullable Object> result = LinkedHashMap.newLinkedHashMap(members.size());
                members.forEach((name, value) -> result.put(name, value.evaluate(input, variables, bounds)));
                yield result;
            }
            case Items(var items) -> {
                List<@Nullable Object> result = new ArrayList<>(items.size());
                for (Value item : items) {
                    result.add(item.evaluate(input, variables, bounds));
                }
                yield result;
            }
        };
    }

    /** Whether the text is an expression. */
    static boolean isExpression(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("${") && trimmed.endsWith("}");
    }

    /** The source between the braces. */
    static String source(String text) {
        String trimmed = text.strip();
        return trimmed.substring(2, trimmed.length() - 1).strip();
    }

    /**
     * Compiles a value.
     *
     * @param complain told of each expression that cannot be parsed, with its pointer
     */
    static Value compile(JsonNode node, String pointer, Complaints complain) {
        if (node.isTextual() && isExpression(node.textValue())) {
            try {
                return new Computed(Expression.compile(source(node.textValue())));
            } catch (ExpressionException e) {
                complain.at(pointer, String.valueOf(e.getMessage()));
                return new Constant(null);
            }
        }
        if (node.isObject()) {
            Map<String, Value> members = new LinkedHashMap<>();
            node.properties()
                    .forEach(member -> members.put(
                            member.getKey(),
                            compile(member.getValue(), pointer + "/" + Pointers.escape(member.getKey()), complain)));
            return constantOr(new Members(members), members.values(), node);
        }
        if (node.isArray()) {
            List<Value> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(compile(node.get(i), pointer + "/" + i, complain));
            }
            return constantOr(new Items(items), items, node);
        }
        return new Constant(Json.plain(node));
    }

    private static Value constantOr(Value value, Iterable<Value> parts, JsonNode node) {
        for (Value part : parts) {
            if (!(part instanceof Constant)) {
                return value;
            }
        }
        return new Constant(Json.plain(node));
    }

    /** Takes note of what is wrong where. */
    @FunctionalInterface
    interface Complaints {
        void at(String pointer, String detail);
    }
}
