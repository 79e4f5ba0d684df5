package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.system.client.DemoApi;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Library;
import io.sluice.system.client.Patience;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page's own example the other way: the shop asks the warehouse. */
@SystemTest
class InventorySyncByPollingIT {

    private static final String SKU = "A-101";
    private static final Pattern UPDATED_AFTER = Pattern.compile("(?:^|&)updated_after=([^&]*)");

    private final DemoApi demo;
    private final Library library;

    InventorySyncByPollingIT(Sluice sluice) {
        this.demo = sluice.demo();
        this.library = sluice.library();
    }

    @Test
    void aScheduleBringsAStockChangeToTheShop() {
        pollingSince(demo.lastStockChange());

        int level = demo.changeStock(SKU).path("quantity").asInt();

        Patience.soon().until(() -> demo.shopStock(SKU) == level);
    }

    @Test
    void theCursorMovesWithTheLastChange() {
        String before = demo.lastStockChange();
        Integration sync = pollingSince(before);
        JsonNode first = sync.awaitRun("schedule", "succeeded");

        JsonNode change = demo.changeStock(SKU);
        Instant changedAt = Instant.parse(change.path("updatedAt").asText());
        JsonNode later = Patience.soon()
                .until(
                        () -> newest(sync),
                        run -> askedAfter(run).filter(changedAt::equals).isPresent());

        assertThat(askedAfter(oldest(sync))).contains(Instant.parse(before));
        assertThat(later.path("id").asText()).isNotEqualTo(first.path("id").asText());
        assertThat(Json.read(poll(later).orElseThrow().at("/response/body").asText())
                        .path("items"))
                .as("Nothing changed since, so nothing is asked for twice")
                .isEmpty();
        assertThat(demo.shopStock(SKU)).isEqualTo(change.path("quantity").asInt());
    }

    @Test
    void aRunCanBeAskedToGoBack() {
        Integration sync = library.install("library/inventory-sync-polling", Map.of("since", demo.lastStockChange()));
        demo.changeStock(SKU);
        sync.runNow(Map.of());
        sync.awaitRun("manual", "succeeded");

        String back = "2026-01-01T00:00:00Z";
        String again = sync.runNow(Map.of("options", Map.of("since", back)));

        JsonNode run = Patience.soon()
                .until(
                        () -> sync.api().run(again),
                        one -> one.path("status").asText().equals("succeeded"));
        assertThat(askedAfter(run)).contains(Instant.parse(back));
    }

    private Integration pollingSince(String since) {
        Integration sync = library.install("library/inventory-sync-polling", Map.of("since", since));
        sync.addSchedule(Map.of("every", "PT5S"));
        return sync;
    }

    private static JsonNode newest(Integration sync) {
        return sync.awaitRun("schedule", "succeeded");
    }

    private static JsonNode oldest(Integration sync) {
        return sync.api()
                .run(sync.runs("schedule", "succeeded").getLast().path("id").asText());
    }

    private static Optional<JsonNode> poll(JsonNode run) {
        return run.path("steps")
                .valueStream()
                .filter(step -> step.at("/request/method").asText().equalsIgnoreCase("get"))
                .filter(step -> step.at("/request/url").asText().contains("/warehouse/stock"))
                .findFirst();
    }

    private static Optional<Instant> askedAfter(JsonNode run) {
        return poll(run).stream()
                .map(step -> URI.create(step.at("/request/url").asText()).getRawQuery())
                .map(UPDATED_AFTER::matcher)
                .flatMap(matcher -> Stream.of(matcher).filter(Matcher::find))
                .map(matcher -> Instant.parse(URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8)))
                .findFirst();
    }
}
