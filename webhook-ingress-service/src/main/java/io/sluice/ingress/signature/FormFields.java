package io.sluice.ingress.signature;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fields of a form or of a query string.
 *
 * @param values each name with all its values, in their order
 */
public record FormFields(Map<String, List<String>> values) {

    /** Empty when an escape is broken: what cannot be read for sure is not trusted. */
    public static Optional<FormFields> of(String encoded) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        try {
            for (String pair : encoded.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                    values.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
                }
            }
            return Optional.of(new FormFields(values));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The one value of a parameter; none when it is missing, comes twice or cannot be read. */
    public static Optional<String> single(String encoded, String name) {
        return of(encoded).flatMap(fields -> fields.single(name));
    }

    /** The one value of a field; none when it is missing or comes twice. */
    public Optional<String> single(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
