package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.sluice.system.client.EchoTarget;
import io.sluice.system.client.Http;
import io.sluice.system.client.Integration;
import io.sluice.system.client.Json;
import io.sluice.system.client.Patience;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SystemTest
class SchedulesIT {

    private static final String ONE = "/api/v1/integrations/{id}/schedules/{scheduleId}";

    private final SluiceApi alice;
    private final EchoTarget target;
    private final Integration poll;

    SchedulesIT(Sluice sluice) {
        this.alice = sluice.as("alice");
        this.target = sluice.demo().echo();
        this.poll = sluice.library()
                .install(
                        "library/poll-to-http",
                        Map.of("source", sluice.demo().echo().url(), "url", target.url()));
    }

    @Test
    void aPreviewShowsTimeAwareInstantsInTheZone() {
        JsonNode preview = Http.json(
                alice.post(
                        "/api/v1/schedules/preview?count=3",
                        Map.of("every", "PT7M", "activateOn", "2099-03-02T05:55", "zone", "Australia/Sydney")),
                200);

        assertThat(Json.texts(preview.path("next"), "/local"))
                .containsExactly("2099-03-02T05:55:00+11:00", "2099-03-02T06:02:00+11:00", "2099-03-02T06:09:00+11:00");
        assertThat(preview.path("words").asText()).contains("7 minutes");
    }

    @Test
    void aPreviewMarksTheHourThatDoesNotExist() {
        JsonNode preview = Http.json(
                alice.post(
                        "/api/v1/schedules/preview?count=2",
                        Map.of(
                                "daily", Map.of("at", List.of("02:30")),
                                "activateOn", "2027-03-27T12:00",
                                "zone", "Europe/Berlin")),
                200);

        assertThat(Json.texts(preview.path("next"), "/mark")).first().isEqualTo("gap");
        assertThat(preview.at("/next/1/mark").isNull()).isTrue();
    }

    @Test
    void aScheduleIsReadAsItWasWritten() {
        String id = poll.addSchedule(Map.of("cron", "0 9 * * 1-5", "zone", "Australia/Sydney"));

        JsonNode schedule = Http.json(alice.get(ONE, poll.id(), id), 200);

        assertThat(schedule.path("cron").asText()).isEqualTo("0 9 * * 1-5");
        assertThat(schedule.path("zone").asText()).isEqualTo("Australia/Sydney");
        assertThat(schedule.path("words").asText()).isNotBlank();
        assertThat(schedule.path("nextAt").asText()).isNotBlank();
        assertThat(Json.texts(poll.read().path("schedules"), ""))
                .containsExactly(schedule.path("words").asText());
    }

    @Test
    void eachWriteOfAScheduleMovesTheIntegrationsTag() {
        String before = poll.etag();

        Response created =
                alice.postIfMatch("/api/v1/integrations/{id}/schedules", before, Map.of("every", "PT1H"), poll.id());

        Http.require(created, 201);
        assertThat(created.header("Location")).isNotBlank();
        assertThat(created.header("ETag")).isEqualTo(poll.etag()).isNotEqualTo(before);
    }

    @Test
    void aScheduleThatIsSwitchedOffFiresNoMore() {
        String id = poll.addSchedule(Map.of("every", "PT1S"));
        target.awaitRequests(1);

        Http.require(alice.put(ONE, poll.etag(), Map.of("every", "PT1S", "enabled", false), poll.id(), id), 200);

        // Four times its interval without a request: it has stopped.
        Patience.soon().during(Duration.ofSeconds(4)).until(noNewRequest());
    }

    @Test
    void aRemovedScheduleIsGone() {
        String id = poll.addSchedule(Map.of("every", "PT1H"));

        Http.require(alice.delete(ONE, poll.etag(), poll.id(), id), 204);

        assertProblem(alice.get(ONE, poll.id(), id)).is(404, "not-found");
        assertThat(poll.read().path("schedules")).isEmpty();
    }

    private Callable<Boolean> noNewRequest() {
        AtomicInteger seen = new AtomicInteger();
        return () -> {
            int now = target.requests().size();
            return seen.getAndSet(now) == now;
        };
    }
}
