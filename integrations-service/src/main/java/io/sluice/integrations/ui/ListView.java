package io.sluice.integrations.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How a list of integrations is looked at, and the links that look at it otherwise; empty is not filtered. */
public record ListView(String text, String status, String trigger, String sort, String next) {

    static ListView of(
            @Nullable String text,
            @Nullable String status,
            @Nullable String trigger,
            @Nullable String sort,
            @Nullable String next) {
        return new ListView(orEmpty(text), orEmpty(status), orEmpty(trigger), orEmpty(sort), orEmpty(next));
    }

    public String withStatus(String other) {
        return link(other, trigger, sort, "");
    }

    public String withTrigger(String other) {
        return link(status, trigger.equals(other) ? "" : other, sort, "");
    }

    /** A second time the other way round. */
    public String sortedBy(String column) {
        String first = column.equals("name") ? column : "-" + column;
        String other = column.equals("name") ? "-" + column : column;
        return link(status, trigger, (sort.isEmpty() ? "name" : sort).equals(first) ? other : first, "");
    }

    /** For screen readers; empty where the list is in another order. */
    public String order(String column) {
        String current = sort.isEmpty() ? "name" : sort;
        return current.equals(column) ? "ascending" : current.equals("-" + column) ? "descending" : "none";
    }

    public String nextPage() {
        return link(status, trigger, sort, next);
    }

    private String link(String newStatus, String newTrigger, String newSort, String cursor) {
        StringBuilder link = new StringBuilder("/integrations");
        add(link, "q", text);
        add(link, "status", newStatus);
        add(link, "trigger", newTrigger);
        add(link, "sort", newSort);
        add(link, "cursor", cursor);
        return link.toString();
    }

    /** Adds a parameter to a link, unless it is empty. */
    static void add(StringBuilder link, String name, String value) {
        if (!value.isEmpty()) {
            link.append(link.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }
}
