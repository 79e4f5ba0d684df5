package io.sluice.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Unleashed's list parameters: the page in the path, its size and the filters in the query, names in any case. */
final class UnleashedQuery {

    private static final int DEFAULT_PAGE_SIZE = 200;
    private static final int LARGEST_PAGE_SIZE = 1000;

    private final Call call;
    private final int page;

    UnleashedQuery(Call call, int page) {
        this.call = call;
        this.page = page;
    }

    /** What the last segment of the path names: a page when it is a number, else one thing by its GUID. */
    static Answer pageOrOne(Call call, Function<UnleashedQuery, Answer> list, Function<UUID, Optional<JsonNode>> find) {
        String segment = call.variable("segment");
        if (segment.chars().allMatch(Character::isDigit)) {
            return list.apply(new UnleashedQuery(call, number("The page", segment)));
        }
        return find.apply(guid(segment))
                .map(one -> Answer.json(200, one))
                .orElseThrow(() -> UnleashedErrors.refused(404, "There is nothing with the GUID " + segment));
    }

    static UUID guid(String text) {
        try {
            if (text.length() == 36) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            throw UnleashedErrors.refused(400, "\"" + text + "\" is not a GUID");
        }
        throw UnleashedErrors.refused(400, "\"" + text + "\" is neither a page nor a GUID");
    }

    Optional<String> filter(String name) {
        return call.query().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().getFirst())
                .findFirst();
    }

    Instant modifiedSince() {
        return filter("modifiedSince").map(UnleashedQuery::instant).orElse(Instant.MIN);
    }

    Answer answer(List<? extends JsonNode> all) {
        int size = filter("pageSize")
                .map(text -> Math.min(number("pageSize", text), LARGEST_PAGE_SIZE))
                .orElse(DEFAULT_PAGE_SIZE);
        int pages = Math.max(1, (all.size() + size - 1) / size);
        var body = DemoJson.object();
        body.putObject("Pagination")
                .put("NumberOfItems", all.size())
                .put("PageSize", size)
                .put("PageNumber", page)
                .put("NumberOfPages", pages);
        body.set("Items", all.stream().skip((page - 1L) * size).limit(size).collect(DemoJson.toArray()));
        return Answer.json(200, body);
    }

    private static int number(String name, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw UnleashedErrors.refused(400, name + " must be a whole number, not \"" + text + "\"");
        }
        throw UnleashedErrors.refused(400, name + " must be at least 1");
    }

    /** A date, or a date and time; both mean UTC, whether or not a Z says so. */
    private static Instant instant(String text) {
        try {
            if (text.length() == "yyyy-MM-dd".length()) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            String local = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
            return LocalDateTime.parse(local.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw UnleashedErrors.refused(400, "modifiedSince must be a UTC date such as 2026-01-31T09:00:00.000");
        }
    }
}
