package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Pointers;
import java.util.Map;

/** Bounds of a document as such, whatever it says; looked at first, since all that follows walks the document. */
final class Shape {

    /** Deepest nesting of a document; twenty tasks in each other take sixty. */
    static final int MAX_DEPTH = 150;

    /** Most values of a document, objects and lists included. */
    static final int MAX_VALUES = 30_000;

    private final Reader reader;
    private int values;

    private Shape(Reader reader) {
        this.reader = reader;
    }

    static void check(JsonNode document, Reader reader) {
        new Shape(reader).walk(document, "", 0);
    }

    /** @return whether to go on: one complaint of this kind is enough */
    private boolean walk(JsonNode node, String pointer, int depth) {
        if (depth > MAX_DEPTH) {
            reader.complain(pointer, "a flow is nested at most " + MAX_DEPTH + " deep");
            return false;
        }
        if (++values > MAX_VALUES) {
            reader.complain("", "a flow has at most " + MAX_VALUES + " values: split it, or let its data come by HTTP");
            return false;
        }
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            reader.complain(pointer, "a finite number is needed here");
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!walk(member.getValue(), pointer + "/" + Pointers.escape(member.getKey()), depth + 1)) {
                return false;
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            if (!walk(node.get(i), pointer + "/" + i, depth + 1)) {
                return false;
            }
        }
        return true;
    }
}
