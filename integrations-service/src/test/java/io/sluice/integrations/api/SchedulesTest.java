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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class SchedulesTest {

    private final Person editor = Person.editor(Person.freshTenant());

    @Test
    void previewSaysTheRuleInWordsAndItsNextInstants() {
        JsonPath preview =
                preview(3, Map.of("activateOn", "2030-11-24T05:55", "zone", "Australia/Sydney", "every", "PT7M"));

        assertThat(preview.getString("words")).isEqualTo("Every 7 minutes from 24 Nov 2030, 05:55, Sydney time");
        assertThat(preview.getList("next.local"))
                .containsExactly("2030-11-24T05:55:00+11:00", "2030-11-24T06:02:00+11:00", "2030-11-24T06:09:00+11:00");
        assertThat(preview.getList("next.at"))
                .containsExactly("2030-11-23T18:55:00Z", "2030-11-23T19:02:00Z", "2030-11-23T19:09:00Z");
    }

    @Test
    void previewMarksTheHourThatDoesNotExist() {
        // On 31 March 2030 clocks in Berlin go from 02:00 to 03:00.
        JsonPath preview = preview(
                2,
                Map.of(
                        "activateOn",
                        "2030-03-31T00:00",
                        "zone",
                        "Europe/Berlin",
                        "daily",
                        Map.of("at", List.of("02:30"))));

        assertThat(preview.getString("words")).isEqualTo("Daily at 02:30, Berlin time, from 31 Mar 2030");
        assertThat(preview.getList("next.mark")).containsExactly("gap", null);
        assertThat(preview.getList("next.local").get(1)).isEqualTo("2030-04-01T02:30:00+02:00");
    }

    @Test
    void previewReadsCron() {
        JsonPath preview = preview(1, Map.of("activateOn", "2030-11-23T00:00", "cron", "0 9 * * 1-5"));

        assertThat(preview.getString("words")).contains("(0 9 * * 1-5)").contains("UTC");
        assertThat(preview.getList("next.at")).containsExactly("2030-11-25T09:00:00Z");
    }

    @Test
    void wrongRulesNameTheirFields() {
        refused(Map.of(), "/every");
        refused(Map.of("every", "PT1H", "cron", "0 9 * * *"), "/cron");
        refused(Map.of("every", "soon"), "/every");
        refused(Map.of("every", "PT0S"), "/every");
        refused(Map.of("every", "P366D"), "/every");
        refused(Map.of("daily", Map.of("at", List.of())), "/daily/at");
        refused(Map.of("daily", Map.of("at", List.of("02:30", "25:00"))), "/daily/at/1");
        refused(Map.of("cron", "every day"), "/cron");
        refused(Map.of("cron", "0 0 30 2 *"), "/cron");
        refused(
                Map.of(
                        "cron",
                        "0 9 * * *",
                        "zone",
                        "Mars/Olympus",
                        "activateOn",
                        "tomorrow",
                        "catchUp",
                        "all of it",
                        "overlap",
                        "maybe"),
                "/zone",
                "/activateOn",
                "/catchUp",
                "/overlap");
    }

    @Test
    void unknownFieldIsNamed() {
        var problem =
                Problems.fields(editor.call().body(Map.of("evry", "PT1H")).post("/api/v1/schedules/preview"), "/evry");

        assertThat(problem.getString("errors[0].detail")).contains("every").doesNotContain("io.sluice");
    }

    @Test
    void scheduleIsMadeReadChangedAndDeleted() {
        Made made = Made.bySchedule(editor, "One");
        Response created = editor.call(made.etag())
                .body(Map.of("every", "PT1H", "activateOn", "2030-01-01T00:00", "zone", "Australia/Sydney"))
                .post(made.path() + "/schedules");
        Made schedule = Made.of(created, 201);
        String path = made.path() + "/schedules/" + schedule.id();
        assertThat(created.header("Location")).endsWith(path);
        assertThat(schedule.json().getBoolean("enabled")).isTrue();
        assertThat(schedule.json().getString("activateOn")).isEqualTo("2030-01-01T00:00:00+11:00");
        assertThat(schedule.json().getString("catchUp")).isEqualTo("last");
        assertThat(schedule.json().getString("overlap")).isEqualTo("skip");
        assertThat(Instant.parse(schedule.json().getString("nextAt"))).isEqualTo("2029-12-31T13:00:00Z");

        Made read = Made.of(editor.call().get(path), 200);
        assertThat(read.json().getMap("")).isEqualTo(schedule.json().getMap(""));
        assertThat(read.etag()).isEqualTo(schedule.etag()).isNotEqualTo(made.etag());
        Made integration = Made.of(editor.call().get(made.path()), 200);
        assertThat(integration.etag()).isEqualTo(schedule.etag());
        assertThat(integration.json().getList("schedules"))
                .containsExactly(schedule.json().getString("words"));
        assertThat(integration.json().getString("status")).isEqualTo("active");

        Problems.check(editor.call(made.etag()).body(Map.of("every", "PT2H")).put(path), 412, "version-conflict");
        Made off = Made.of(
                editor.call(schedule.etag())
                        .body(Map.of("enabled", false, "every", "PT2H"))
                        .put(path),
                200);
        assertThat(off.json().getString("nextAt")).isNull();
        assertThat(Made.of(editor.call().get(made.path()), 200).json().getString("status"))
                .isEqualTo("off");

        Response deleted = editor.call(off.etag()).delete(path);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(deleted.header("ETag")).isNotEqualTo(off.etag());
        Problems.check(editor.call().get(path), 404, "not-found");
        Problems.check(editor.call("*").delete(path), 404, "not-found");
        Problems.check(editor.call("*").body(Map.of("every", "PT2H")).put(path), 404, "not-found");
        assertThat(editor.call().get(made.path() + "/schedules").jsonPath().getList("items"))
                .isEmpty();
    }

    @Test
    void scheduleThatWasReadCanBeWrittenBack() {
        Made made = Made.bySchedule(editor, "One");
        Made schedule =
                Made.of(editor.call(made.etag()).body(Map.of("every", "PT1H")).post(made.path() + "/schedules"), 201);
        Map<String, Object> read = new HashMap<>(schedule.json().getMap(""));
        read.keySet().removeAll(List.of("id", "words", "nextAt"));

        Response answer = editor.call(schedule.etag()).body(read).put(made.path() + "/schedules/" + schedule.id());

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("words"))
                .isEqualTo(schedule.json().getString("words"));
    }

    @Test
    void scheduleBelongsToItsIntegrationAlone() {
        Made one = Made.bySchedule(editor, "One");
        Made two = Made.bySchedule(editor, "Two");
        Made schedule = Made.of(editor.call("*").body(Map.of("every", "PT1H")).post(one.path() + "/schedules"), 201);
        String path = two.path() + "/schedules/" + schedule.id();

        Problems.check(editor.call().get(path), 404, "not-found");
        Problems.check(editor.call("*").body(Map.of("every", "PT2H")).put(path), 404, "not-found");
        Problems.check(editor.call("*").delete(path), 404, "not-found");
        assertThat(Made.of(editor.call().get(two.path()), 200).etag()).isEqualTo(two.etag());
    }

    @Test
    void twentySchedulesAreTheMost() {
        Made made = Made.bySchedule(editor, "One");
        for (int i = 0; i < 20; i++) {
            Made.of(editor.call("*").body(Map.of("every", "PT1H")).post(made.path() + "/schedules"), 201);
        }

        Response answer = editor.call("*").body(Map.of("every", "PT1H")).post(made.path() + "/schedules");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(editor.call().get(made.path() + "/schedules").jsonPath().getList("items"))
                .hasSize(20);
    }

    @Test
    void templateOfCallsSaysToUseItsWebhook() {
        Made made = Made.byWebhook(editor, "One");

        JsonPath problem = Problems.check(
                editor.call(made.etag()).body(Map.of("every", "PT1H")).post(made.path() + "/schedules"),
                409,
                "trigger-not-supported");

        assertThat(problem.getString("detail")).contains("webhook").contains(made.path() + "/webhook");
    }

    @Test
    void unknownScheduleIsNotFound() {
        Made made = Made.bySchedule(editor, "One");

        Problems.check(editor.call().get(made.path() + "/schedules/" + UUID.randomUUID()), 404, "not-found");
    }

    private JsonPath preview(int count, Map<String, Object> settings) {
        Response answer =
                editor.call().body(settings).queryParam("count", count).post("/api/v1/schedules/preview");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath();
    }

    private void refused(Map<String, Object> settings, String... pointers) {
        Problems.fields(editor.call().body(settings).post("/api/v1/schedules/preview"), pointers);
    }
}
