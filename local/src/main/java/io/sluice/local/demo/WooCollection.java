package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of a WooCommerce list: the array as body, totals and neighbours in headers. */
final class WooCollection {

    private static final int DEFAULT_PER_PAGE = 10;
    private static final int MOST_PER_PAGE = 100;

    private final Call call;
    private final URI base;

    WooCollection(Call call, URI base) {
        this.call = call;
        this.base = base;
    }

    /** Takes the list oldest first; like WooCommerce it gives the newest first unless asked otherwise. */
    Answer answer(List<? extends JsonNode> oldestFirst) {
        int perPage = number("per_page", DEFAULT_PER_PAGE, MOST_PER_PAGE);
        int page = number("page", 1, Integer.MAX_VALUE);
        int pages = (oldestFirst.size() + perPage - 1) / perPage;
        List<? extends JsonNode> sorted =
                call.query("order").orElse("desc").equals("asc") ? oldestFirst : oldestFirst.reversed();
        JsonNode items =
                sorted.stream().skip((page - 1L) * perPage).limit(perPage).collect(DemoJson.toArray());
        Answer answer = Answer.json(200, items)
                .with("X-WP-Total", Integer.toString(oldestFirst.size()))
                .with("X-WP-TotalPages", Integer.toString(pages));
        String links = links(page, pages);
        return links.isEmpty() ? answer : answer.with("Link", links);
    }

    private String links(int page, int pages) {
        var links = new ArrayList<String>();
        if (page > 1) {
            links.add(link(Math.min(page - 1, Math.max(1, pages)), "prev"));
        }
        if (page < pages) {
            links.add(link(page + 1, "next"));
        }
        return String.join(", ", links);
    }

    private String link(int page, String relation) {
        Stream<String> others = call.query().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("page"))
                .map(entry -> pair(entry.getKey(), entry.getValue().getFirst()));
        String query = Stream.concat(others, Stream.of(pair("page", Integer.toString(page))))
                .collect(Collectors.joining("&"));
        return "<" + base.resolve(call.path()) + "?" + query + ">; rel=\"" + relation + "\"";
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private int number(String name, int absent, int most) {
        try {
            return call.number(name, absent, 1, most);
        } catch (Refused e) {
            throw WooErrors.invalidParameter(name, String.valueOf(e.getMessage()));
        }
    }
}
