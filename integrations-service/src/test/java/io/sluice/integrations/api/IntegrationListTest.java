package io.sluice.integrations.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.Problems;
import io.sluice.integrations.testsupport.ServiceStack;
import io.sluice.integrations.testsupport.Tables;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class IntegrationListTest {

    private static final int ALL = 120;

    /** Shared, since making it takes long and these tests only read. */
    private static final Person EDITOR = Person.editor(Person.freshTenant());

    private static final List<Made> MADE = new ArrayList<>();

    @BeforeEach
    void fill() {
        if (!MADE.isEmpty()) {
            return;
        }
        for (int i = 0; i < ALL; i++) {
            // Names in mixed case, each three times, so that pages end between equals.
            String name = (i % 2 == 0 ? "Sync " : "sync ") + (char) ('a' + i % 20) + (i % 40);
            MADE.add(i % 3 == 0 ? Made.bySchedule(EDITOR, name) : Made.byWebhook(EDITOR, name));
        }
        OffsetDateTime end = OffsetDateTime.parse("2026-11-24T05:55:00Z");
        for (int i = 0; i < 40; i++) {
            Tables.execute(
                    "insert into last_run (integration_id, service, tenant, run_id, trigger, status, created_at,"
                            + " ended_at, error) values (?, 'ingress', ?, ?, 'webhook', ?, ?, ?, null)",
                    UUID.fromString(MADE.get(i).id()),
                    EDITOR.tenant(),
                    UUID.randomUUID(),
                    i % 2 == 0 ? "failed" : "succeeded",
                    end,
                    end.plusSeconds(i / 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "name", "-name", "updated", "-updated", "lastRun", "-lastRun"})
    void pagesHoldEachIntegrationOnceInOrder(String sort) {
        List<Map<String, Object>> items = new ArrayList<>();
        String cursor = "";
        int pages = 0;
        do {
            JsonPath page = page(Map.of("sort", sort, "cursor", cursor, "limit", "7"));
            items.addAll(page.getList("items"));
            cursor = page.getString("nextCursor");
            pages++;
        } while (cursor != null && pages < 30);

        assertThat(pages).isEqualTo(18);
        assertThat(items)
                .extracting(item -> item.get("id"))
                .doesNotHaveDuplicates()
                .hasSize(ALL);
        Comparator<Map<String, Object>> order = Comparator.comparing(item -> key(sort, item));
        assertThat(items).isSortedAccordingTo(sort.startsWith("-") ? order.reversed() : order);
    }

    @Test
    void lastPageThatIsFullHasNoNext() {
        JsonPath page = page(Map.of("limit", String.valueOf(ALL)));

        assertThat(page.getList("items")).hasSize(ALL);
        assertThat(page.getString("nextCursor")).isNull();
    }

    @Test
    void limitIsKeptWithinItsBounds() {
        assertThat(page(Map.of("limit", "0")).getList("items")).hasSize(1);
        assertThat(page(Map.of("limit", "-5")).getList("items")).hasSize(1);
        assertThat(page(Map.of("limit", "100000")).getList("items")).hasSize(ALL);
        assertThat(page(Map.of()).getList("items")).hasSize(50);
    }

    @Test
    void textIsFoundInNameDescriptionCategoryAndTemplate() {
        Person person = Person.editor(Person.freshTenant());
        Made percent = named(person, "Margin 100% safe", "", List.of("Finance"));
        Made under = named(person, "under_score", "Talks to the ERP", List.of("Stock"));
        Made plain = named(person, "plain", "", List.of("Stock"));

        assertThat(found(person, "q", "MARGIN")).containsExactly(percent.id());
        assertThat(found(person, "q", "%")).containsExactly(percent.id());
        assertThat(found(person, "q", "_")).containsExactly(under.id());
        assertThat(found(person, "q", "\\")).isEmpty();
        assertThat(found(person, "q", "erp")).containsExactly(under.id());
        assertThat(found(person, "q", "stock")).containsExactlyInAnyOrder(under.id(), plain.id());
        assertThat(found(person, "q", "webhook-to-http")).hasSize(3);
        assertThat(found(person, "q", " ")).hasSize(3);
        assertThat(found(person, "category", "Stock")).containsExactlyInAnyOrder(under.id(), plain.id());
        assertThat(found(person, "category", "stoc")).isEmpty();
    }

    @Test
    void triggersAndStatusFilter() {
        Person person = Person.editor(Person.freshTenant());
        Made off = Made.byWebhook(person, "off");
        Made webhook = Made.byWebhook(person, "webhook");
        Made failing = Made.byWebhook(person, "failing");
        Made schedule = Made.bySchedule(person, "schedule");
        for (Made made : List.of(webhook, failing)) {
            person.call("*")
                    .body(Map.of("enabled", true))
                    .put(made.path() + "/webhook")
                    .then()
                    .statusCode(200);
        }
        person.call("*")
                .body(Map.of("every", "PT1H"))
                .post(schedule.path() + "/schedules")
                .then()
                .statusCode(201);
        Tables.execute(
                "insert into last_run (integration_id, service, tenant, run_id, trigger, status, created_at, ended_at,"
                        + " error) values (?, 'ingress', ?, ?, 'webhook', 'failed', now(), now(), 'no')",
                UUID.fromString(failing.id()),
                person.tenant(),
                UUID.randomUUID());

        assertThat(found(person, "trigger", "webhook")).containsExactlyInAnyOrder(webhook.id(), failing.id());
        assertThat(found(person, "trigger", "schedule")).containsExactly(schedule.id());
        assertThat(found(person, "status", "off")).containsExactly(off.id());
        assertThat(found(person, "status", "failing")).containsExactly(failing.id());
        assertThat(found(person, "status", "active")).containsExactlyInAnyOrder(webhook.id(), schedule.id());
    }

    @Test
    void unknownFiltersAreNamed() {
        Problems.fields(get(Map.of("sort", "colour")), "?sort");
        Problems.fields(get(Map.of("trigger", "smoke")), "?trigger");
        Problems.fields(get(Map.of("status", "fine")), "?status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!!!", "", "null", "[]", "{}", "[1]", "[\"a\",\"b\"]", "{\"a\":", "\"\""})
    void brokenCursorIsNamed(String content) {
        String cursor = content.equals("!!!")
                ? content
                : Base64.getUrlEncoder().encodeToString((content + " ").getBytes(StandardCharsets.UTF_8));

        Problems.fields(get(Map.of("cursor", cursor)), "?cursor");
    }

    private static String key(String sort, Map<String, Object> item) {
        return switch (sort.replace("-", "")) {
            case "updated" -> padded((String) item.get("updatedAt"));
            case "lastRun" -> item.get("lastRun") instanceof Map<?, ?> run ? padded((String) run.get("endedAt")) : "";
            default -> ((String) item.get("name")).toLowerCase(Locale.ROOT);
        };
    }

    /** Instants leave zeros at their end out. */
    private static String padded(String instant) {
        String text = instant.replace("Z", "");
        return (text.contains(".") ? text : text + ".") + "0".repeat(26 - Math.min(26, text.length()));
    }

    private static Made named(Person person, String name, String description, List<String> categories) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("template", "library/webhook-to-http");
        wanted.put("name", name);
        wanted.put("description", description);
        wanted.put("categories", categories);
        wanted.put("configuration", Map.of("url", "https://example.org/in"));
        return Made.of(person.call().body(wanted).post("/api/v1/integrations"), 201);
    }

    private static List<String> found(Person person, String filter, String value) {
        return person.call()
                .queryParam(filter, value)
                .get("/api/v1/integrations")
                .jsonPath()
                .getList("items.id", String.class);
    }

    private static JsonPath page(Map<String, String> query) {
        Response answer = get(query);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    private static Response get(Map<String, String> query) {
        return EDITOR.call().queryParams(query).get("/api/v1/integrations");
    }
}
