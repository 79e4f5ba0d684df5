package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sluice.integrations.testsupport.Made;
import io.sluice.integrations.testsupport.Person;
import io.sluice.integrations.testsupport.ServiceStack;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schedule tab, whose scheduler is away. */
@QuarkusTest
@QuarkusTestResource(ServiceStack.class)
class SchedulePageTest {

    private static final Map<String, String> DAILY =
            Map.of("rule", "daily", "times", "02:30", "zone", "Australia/Sydney");

    private final Person person = Person.editor(Person.freshTenant());
    private final Visitor editor = new Visitor(person);
    private Made made;
    private String page;

    @BeforeEach
    void make() {
        made = Made.bySchedule(person, "Prices");
        page = "/integrations/" + made.id() + "/schedule";
    }

    private Response send(String path, Map<String, String> fields) {
        Map<String, String> form = new HashMap<>(editor.revision(made));
        form.putAll(fields);
        return editor.post(path, form);
    }

    @Test
    void newOneIsSavedAndShownWithItsWordsAndNextTimes() {
        Response saved = send(page, DAILY);

        assertThat(saved.statusCode()).as(saved.asString()).isEqualTo(303);
        assertThat(editor.page(page))
                .contains("Daily at 02:30, Sydney time", "value=\"02:30\"", "<strong>02:30</strong>")
                .contains("The scheduler does not answer now");
    }

    @Test
    void whatCannotBeReadComesBackAsItWasTyped() {
        Map<String, String> wrong = new HashMap<>(DAILY);
        wrong.put("times", "25:00");
        wrong.put("excluded", "2026-12-24 to 2027-01-02");

        Response refused = send(page, wrong);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString())
                .contains("value=\"25:00\"", "a time of day such as 02:30", "2026-12-24 to 2027-01-02</textarea>");
    }

    @Test
    void whoWasOvertakenSeesByWhomAndMayOverwrite() {
        Map<String, String> stale = new HashMap<>(DAILY);
        stale.putAll(editor.revision(made));
        send(page, Map.of("rule", "every", "amount", "5", "unit", "minutes", "zone", "UTC"));

        Response refused = editor.post(page, stale);

        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.asString()).contains(person.name() + " changed this integration", "value=\"02:30\"");
        assertThat(send(page, DAILY).statusCode()).isEqualTo(303);
    }

    @Test
    void previewFollowsTheForm() {
        Map<String, String> form = new HashMap<>(DAILY);

        assertThat(editor.post(page + "/preview", form).asString())
                .contains("Daily at 02:30, Sydney time", "the clock is put forward", "this time comes twice");

        form.put("times", "x");
        assertThat(editor.post(page + "/preview", form).asString()).contains("a time of day such as 02:30");
        form.put("jitter", "1d".repeat(50_000));
        assertThat(editor.post(page + "/preview", form).statusCode()).isEqualTo(200);
    }

    @Test
    void pauseKeepsItsNote() {
        String id = Made.of(person.call("*").body(Map.of("every", "PT5M")).post(made.path() + "/schedules"), 201)
                .id();

        Response paused = send(page + "/" + id + "/pause", Map.of("note", "The warehouse moves"));

        assertThat(paused.statusCode()).isEqualTo(303);
        assertThat(editor.page(page)).contains("Paused", "The warehouse moves", "Resume…");
    }

    @Test
    void backfillWhoseSchedulerIsAwaySaysSo() {
        String id = Made.of(person.call("*").body(Map.of("every", "PT5M")).post(made.path() + "/schedules"), 201)
                .id();
        Map<String, String> range = Map.of("from", "2026-11-01T00:00", "to", "2026-11-02T00:00", "perMinute", "60");

        Response refused = editor.post(page + "/" + id + "/backfill", range);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.asString()).contains("does not answer now", "value=\"2026-11-01T00:00\"");
    }

    @Test
    void viewersAndStrangersChangeNothing() {
        Visitor viewer = new Visitor(Person.viewer(person.tenant()));
        Visitor stranger = new Visitor(Person.editor(Person.freshTenant()));

        assertThat(viewer.page(page)).doesNotContain("id=\"save\"");
        assertThat(viewer.post(page, DAILY).statusCode()).isEqualTo(403);
        assertThat(stranger.get(page).statusCode()).isEqualTo(404);
    }

    @Test
    void zoneOfThePersonIsWhereANewOneBegins() {
        assertThat(editor.post("/preferences", Map.of("zone", "Asia/Tokyo", "theme", "dark"))
                        .statusCode())
                .isEqualTo(303);

        assertThat(editor.page(page)).contains("value=\"Asia/Tokyo\"", "data-theme=\"dark\"");
        assertThat(person.call("*")
                        .body(Map.of("daily", Map.of("at", java.util.List.of("09:00"))))
                        .post(made.path() + "/schedules")
                        .jsonPath()
                        .getString("zone"))
                .isEqualTo("Asia/Tokyo");
    }

    @Test
    void personOfSeveralTenantsChoosesOne() {
        String other = Person.freshTenant();
        Visitor both = new Visitor(person.withTenants(person.tenant(), other));
        assertThat(both.page("/preferences")).contains("<option>" + other + "</option>");

        Response chosen = both.post("/preferences/tenant", Map.of("tenant", other));

        assertThat(chosen.statusCode()).isEqualTo(303);
        assertThat(both.with("sluice-tenant", chosen.cookie("sluice-tenant"), page)
                        .statusCode())
                .as("the other tenant's person does not see this one's")
                .isEqualTo(404);
        assertThat(both.get(page).statusCode()).isEqualTo(200);
        assertThat(editor.post("/preferences/tenant", Map.of("tenant", other)).statusCode())
                .isEqualTo(400);
        assertThat(editor.with("sluice-tenant", other, page).statusCode())
                .as("a cookie gives nothing that the claim does not")
                .isEqualTo(200);
    }

    @Test
    void zoneThatIsNoneIsRefusedAtItsField() {
        Response refused = editor.post("/preferences", Map.of("zone", "Mars/Olympus", "theme", "light"));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains("value=\"Mars/Olympus\"", "an IANA zone");
        assertThat(editor.post("/preferences/zone", Map.of("zone", "Europe/Berlin"))
                        .statusCode())
                .isEqualTo(204);
    }
}
