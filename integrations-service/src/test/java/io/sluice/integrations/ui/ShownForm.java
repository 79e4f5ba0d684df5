package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser would send of a form on a page, were it sent as it is shown. */
final class ShownForm {

    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>");
    private static final Pattern TEXT_AREA =
            Pattern.compile("<textarea\\b([^>]*)>\\n?(.*?)</textarea>", Pattern.DOTALL);
    private static final Pattern SELECT = Pattern.compile("<select\\b([^>]*)>(.*?)</select>", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("<option\\b([^>]*)>([^<]*)</option>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\")?");

    private ShownForm() {}

    static Map<String, Object> of(String page, String id) {
        int start = page.indexOf("<form id=\"" + id + "\"");
        assertThat(start).as("the form " + id).isNotNegative();
        String form = page.substring(start, page.indexOf("</form>", start));
        Map<String, List<String>> values = new LinkedHashMap<>();
        inputs(form, values);
        TEXT_AREA.matcher(form).results().forEach(area -> add(values, attributes(area.group(1)), area.group(2)));
        SELECT.matcher(form)
                .results()
                .forEach(select -> add(values, attributes(select.group(1)), chosen(select.group(2))));
        Map<String, Object> sent = new HashMap<>();
        values.forEach((name, all) -> sent.put(name, all.size() == 1 ? all.getFirst() : all));
        return sent;
    }

    private static void inputs(String form, Map<String, List<String>> values) {
        INPUT.matcher(form).results().forEach(input -> {
            Map<String, String> attributes = attributes(input.group(1));
            boolean choice = List.of("checkbox", "radio").contains(attributes.getOrDefault("type", ""));
            if (!choice || attributes.containsKey("checked")) {
                add(values, attributes, attributes.getOrDefault("value", ""));
            }
        });
    }

    private static void add(Map<String, List<String>> values, Map<String, String> attributes, String value) {
        // What names another form is not sent with this one.
        String name = attributes.getOrDefault("name", "");
        if (!name.isEmpty() && !attributes.containsKey("form")) {
            values.computeIfAbsent(name, first -> new ArrayList<>()).add(plain(value));
        }
    }

    private static String chosen(String options) {
        List<Map<String, String>> all = OPTION.matcher(options)
                .results()
                .map(option -> attributes(option.group(1)))
                .toList();
        return all.stream()
                .filter(option -> option.containsKey("selected"))
                .findFirst()
                .orElse(all.getFirst())
                .getOrDefault("value", "");
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            attributes.put(matcher.group(1), Objects.requireNonNullElse(matcher.group(2), ""));
        }
        return attributes;
    }

    private static String plain(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
