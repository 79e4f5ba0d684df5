package io.sluice.benchmarks.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Documents and events. Each document exists twice: in our profile with JSONata, and with jq for the SDK. */
public final class Sources {

    private static final int ITEMS = 10;

    private Sources() {}

    /** Filter, map, set. */
    public static String orders(Language language) {
        return document("orders", language);
    }

    /** One task for each number of a list. */
    public static String loop(Language language) {
        return document("loop", language);
    }

    /** One POST. */
    public static String post(Language language, String url) {
        return document("post", language).replace("@TARGET@", url);
    }

    /** The two languages of expressions. */
    public enum Language {
        JSONATA,
        JQ
    }

    private static String document(String name, Language language) {
        String file = name + "." + language.name().toLowerCase(java.util.Locale.ROOT) + ".yaml";
        try (InputStream in = Objects.requireNonNull(Sources.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ten items, of which seven pass the filter. */
    public static JsonNode ordersEvent() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ArrayNode items = event.putObject("body").putArray("items");
        for (int i = 0; i < ITEMS; i++) {
            items.addObject()
                    .put("code", "SKU-" + (1000 + i))
                    .put("name", "Item number " + i)
                    .put("quantity", i)
                    .put("price", 100 + 7 * i);
        }
        return event;
    }

    public static JsonNode numbersEvent(int count) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        ArrayNode numbers = event.putObject("body").putArray("numbers");
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return event;
    }
}
