package io.sluice.system;

import static io.sluice.system.client.ProblemAssert.assertProblem;

import io.sluice.system.client.Integration;
import io.sluice.system.client.Library;
import io.sluice.system.client.ProblemAssert;
import io.sluice.system.client.SluiceApi;
import io.sluice.system.stack.Sluice;
import io.sluice.system.stack.SystemTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that fire never, or not as meant: refused while they are typed and when they are saved. */
@SystemTest
class BadScheduleIT {

    private final Sluice sluice;
    private final SluiceApi alice;
    private final Library library;

    BadScheduleIT(Sluice sluice) {
        this.sluice = sluice;
        this.alice = sluice.as("alice");
        this.library = sluice.library();
    }

    @ParameterizedTest
    @CsvSource({
        "cron, every day at nine, /cron",
        "cron, 61 9 * * *, /cron",
        "every, PT0.01S, /every",
        "every, 5 minutes, /every",
        "activateOn, tomorrow, /activateOn"
    })
    void aBadRuleOfASchedule(String field, String value, String pointer) {
        Map<String, Object> rule = new HashMap<>(Map.of(field, value));
        if (field.equals("activateOn")) {
            rule.put("every", "PT1H");
        }

        inEachPlaceOfSchedules(rule)
                .forEach(problem -> problem.is(400, "invalid-fields").pointsAt(pointer));
    }

    @Test
    void aBadZone() {
        inEachPlaceOfSchedules(Map.of("cron", "0 9 * * *", "zone", "Europe/Atlantis"))
                .forEach(problem -> problem.is(400, "invalid-fields").pointsAt("/zone"));
    }

    @Test
    void aScheduleWithoutOrWithTwoRules() {
        inEachPlaceOfSchedules(Map.of()).forEach(problem -> problem.is(400, "invalid-fields"));
        inEachPlaceOfSchedules(Map.of("every", "PT1H", "cron", "0 9 * * *"))
                .forEach(problem -> problem.is(400, "invalid-fields"));
    }

    /** A preview refuses what saving would refuse. */
    private List<ProblemAssert> inEachPlaceOfSchedules(Map<String, Object> rule) {
        String echo = sluice.demo().url("/echo");
        Integration poll = library.install("library/poll-to-http", Map.of("source", echo, "url", echo));
        return List.of(
                assertProblem(alice.postIfMatch("/api/v1/integrations/{id}/schedules", poll.etag(), rule, poll.id())),
                assertProblem(alice.post("/api/v1/schedules/preview", rule)));
    }
}
