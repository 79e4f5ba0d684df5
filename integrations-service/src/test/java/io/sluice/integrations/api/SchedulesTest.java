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
import java.nio.charset.StandardCharsets;
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

    @Test
    void everyFieldIsStoredAndGivenBack() {
        Made made = Made.bySchedule(editor, "One");
        Map<String, Object> settings = new HashMap<>(Map.of(
                "monthly",
                Map.of(
                        "days",
                        List.of(1, -1),
                        "weekdays",
                        List.of(Map.of("nth", -1, "day", "friday")),
                        "at",
                        List.of("09:00")),
                "zone",
                "Europe/London",
                "activateOn",
                "2030-01-01T00:00:00Z",
                "until",
                "2035-12-31T23:59",
                "excluded",
                List.of(Map.of("from", "2030-12-24", "to", "2030-12-26"), Map.of("from", "2031-01-01")),
                "inGap",
                "skip",
                "inOverlap",
                "both",
                "jitter",
                "PT5M"));
        settings.putAll(Map.of(
                "catchUp",
                "all",
                "catchUpWindow",
                "PT12H",
                "catchUpMost",
                50,
                "catchUpEvery",
                "PT10S",
                "overlap",
                "queueOne",
                "pauseAfterFailures",
                5,
                "enabled",
                true));

        Made schedule = Made.of(editor.call("*").body(settings).post(made.path() + "/schedules"), 201);

        Map<String, Object> read =
                new HashMap<>(Made.of(editor.call().get(made.path() + "/schedules/" + schedule.id()), 200)
                        .json()
                        .getMap(""));
        assertThat(read.remove("words"))
                .isEqualTo("Every month on the 1st, the last Friday and the last day at 09:00, London time,"
                        + " from 1 Jan 2030, until 31 Dec 2035, 23:59, except 4 days, left out when the clock skips it,"
                        + " both times when the clock shows it twice, up to 5 minutes later");
        read.keySet().removeAll(List.of("id", "nextAt"));
        assertThat(read).isEqualTo(settings);
    }

    @Test
    void templatesMinimumIsKeptByEveryRule() {
        String tenant = Person.freshTenant();
        Response saved = Person.admin(tenant)
                .call()
                .contentType("application/yaml")
                .body(SLOW.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/templates");
        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(201);
        Person person = Person.editor(tenant);
        Made made = Made.integration(person, "own/slow", "Slow", Map.of(), Map.of());
        String path = made.path() + "/schedules";

        Problems.fields(person.call("*").body(Map.of("every", "PT4M")).post(path), "/every");
        Problems.fields(person.call("*").body(Map.of("cron", "*/4 * * * *")).post(path), "/cron");
        Problems.fields(
                person.call("*")
                        .body(Map.of("every", "PT5M", "adaptive", Map.of("min", "PT1M", "max", "PT1H")))
                        .post(path),
                "/adaptive/min");
        Problems.fields(
                person.call("*")
                        .body(Map.of("weekly", Map.of("days", List.of("monday"), "at", List.of("09:00", "09:04"))))
                        .post(path),
                "/weekly/at");
        Made.of(person.call("*").body(Map.of("every", "PT5M")).post(path), 201);
    }

    @Test
    void previewShowsWhatIsLeftOut() {
        JsonPath preview = preview(
                3,
                Map.of(
                        "activateOn",
                        "2030-12-24T00:00",
                        "daily",
                        Map.of("at", List.of("09:00")),
                        "excluded",
                        List.of(Map.of("from", "2030-12-25"))));

        assertThat(preview.getList("next.mark")).containsExactly(null, "excluded", null);
        assertThat(preview.getList("next.fires")).containsExactly(true, false, true);
    }

    @Test
    void previewOfAPausedScheduleShowsWhatItWouldCatchUp() {
        Instant since = Instant.now().minusSeconds(10 * 3_600 + 60);
        Response answer = editor.call()
                .body(Map.of("every", "PT1H", "activateOn", "2020-01-01T00:00:00Z", "catchUp", "all", "catchUpMost", 3))
                .queryParam("count", 2)
                .queryParam("pausedSince", since.toString())
                .post("/api/v1/schedules/preview");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("next.mark")).containsExactly("catchUp", "catchUp", "catchUp", null, null);
        assertThat(answer.jsonPath().getInt("missed")).isIn(7, 8);
    }

    @Test
    void previewBeginsAfterAMoment() {
        Response answer = editor.call()
                .body(Map.of("cron", "0 9 * * *"))
                .queryParam("count", 1)
                .queryParam("after", "2031-05-05T09:00:00Z")
                .post("/api/v1/schedules/preview");

        assertThat(answer.jsonPath().getList("next.at")).containsExactly("2031-05-06T09:00:00Z");
        Problems.fields(
                editor.call()
                        .body(Map.of("cron", "0 9 * * *"))
                        .queryParam("after", "soon")
                        .post("/api/v1/schedules/preview"),
                "?after");
    }

    @Test
    void pauseHasANoteThatGoesWithIt() {
        Made made = Made.bySchedule(editor, "One");
        Made schedule = Made.of(editor.call("*").body(Map.of("every", "PT1H")).post(made.path() + "/schedules"), 201);
        String path = made.path() + "/schedules/" + schedule.id();

        Problems.check(editor.call().body(Map.of("note", "x")).post(path + "/pause"), 428, "precondition-required");
        Problems.check(
                editor.call(made.etag()).body(Map.of("note", "x")).post(path + "/pause"), 412, "version-conflict");
        Made paused = Made.of(
                editor.call(schedule.etag())
                        .body(Map.of("note", "The warehouse moves"))
                        .post(path + "/pause"),
                200);

        assertThat(paused.json().getBoolean("enabled")).isFalse();
        assertThat(paused.json().getString("pauseNote")).isEqualTo("The warehouse moves");
        assertThat(paused.json().getString("nextAt")).isNull();
        assertThat(paused.etag()).isNotEqualTo(schedule.etag());

        Problems.fields(
                editor.call(paused.etag()).body(Map.of("catchUp", "some")).post(path + "/resume"), "/catchUp");
        // The scheduler is away, so nothing has changed; editing the schedule goes without it.
        Problems.check(editor.call(paused.etag()).body(Map.of()).post(path + "/resume"), 503, "unavailable");
        Made on =
                Made.of(editor.call(paused.etag()).body(Map.of("every", "PT1H")).put(path), 200);
        assertThat(on.json().getString("pauseNote")).isNull();
    }

    @Test
    void whatBecameOfInstantsIsTheSchedulersToSay() {
        Made made = Made.bySchedule(editor, "One");
        Made schedule = Made.of(editor.call("*").body(Map.of("every", "PT1H")).post(made.path() + "/schedules"), 201);
        String path = made.path() + "/schedules/" + schedule.id();
        Map<String, Object> backfill =
                Map.of("from", "2026-01-02T00:00:00Z", "to", "2026-01-01T00:00:00Z", "dryRun", true);

        Problems.check(editor.call().get(path + "/firings"), 503, "unavailable");
        Problems.check(editor.call().get(path + "/backfills"), 503, "unavailable");
        Problems.fields(editor.call().get(path + "/firings?outcome=lost"), "?outcome");
        Problems.fields(editor.call().get(path + "/firings?from=yesterday"), "?from");
        Problems.fields(editor.call().body(backfill).post(path + "/backfills"), "/to");
        Problems.check(
                editor.call().get(made.path() + "/schedules/" + UUID.randomUUID() + "/firings"), 404, "not-found");
    }

    private static final String SLOW = """
            document:
              dsl: '1.0.3'
              namespace: own
              name: slow
              version: '1.0.0'
              title: Slow
              summary: Not to be started often.
              metadata:
                triggers:
                  schedule: {minimum: PT5M}
            evaluate: {language: jsonata}
            schedule: {every: {minutes: 5}}
            do:
              - done:
                  set: {done: true}
            """;

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
