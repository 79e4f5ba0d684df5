package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'every':'PT7M','zone':'Australia/Sydney','activateOn':'2026-11-24T05:55:00','overlap':'allow'}",
                "{'every':'PT45S','zone':'UTC','adaptive':{'min':'PT10S','max':'PT1H'}}",
                "{'every':'P2D','zone':'UTC','jitter':'PT5M','pauseAfterFailures':3}",
                "{'daily':{'at':['02:30','14:00']},'zone':'Europe/London','inGap':'skip','inOverlap':'both'}",
                "{'weekly':{'days':['monday','thursday'],'at':['09:00']},'zone':'America/New_York'}",
                "{'monthly':{'days':[1,15,-1],'weekdays':[],'at':['09:00']},'zone':'UTC'}",
                "{'monthly':{'days':[],'weekdays':[{'nth':-1,'day':'friday'}],'at':['09:00']},'zone':'UTC'}",
                "{'monthly':{'days':[1],'weekdays':[{'nth':1,'day':'monday'},{'nth':2,'day':'tuesday'}],'at':['09:00']}}",
                "{'cron':'0 9 * * 1-5','zone':'UTC','until':'2027-12-31T23:59:00'}",
                "{'at':'2026-12-01T09:00:00','zone':'UTC','catchUp':'all','catchUpWindow':'PT6H','catchUpMost':7}",
                "{'cron':'0 0 1 1 *','excluded':[{'from':'2026-12-24','to':'2027-01-02'},{'from':'2026-12-06'}]}",
            })
    void keepsWhatWasStored(String json) {
        ScheduleSettings stored = settings(json);

        ScheduleSettings typed = ScheduleForm.of(stored).settings(stored);

        ScheduleSettings expected = stored.inZone(stored.zone() == null ? "UTC" : stored.zone())
                .completed(String.valueOf(stored.activateOn()), String.valueOf(typed.zone()), "last", "skip");
        assertThat(Json.MAPPER.convertValue(typed, JsonNode.class))
                .isEqualTo(Json.MAPPER.convertValue(withDefaults(expected, stored), JsonNode.class));
    }

    /** The form says what the settings leave to their defaults. */
    private static ScheduleSettings withDefaults(ScheduleSettings expected, ScheduleSettings stored) {
        return new ScheduleSettings(
                true,
                null,
                stored.activateOn(),
                expected.until(),
                expected.zone(),
                expected.every(),
                expected.daily(),
                expected.weekly(),
                expected.monthly(),
                expected.cron(),
                expected.at(),
                expected.excluded(),
                expected.inGap() == null ? "shift" : expected.inGap(),
                expected.inOverlap() == null ? "first" : expected.inOverlap(),
                expected.jitter(),
                expected.adaptive(),
                expected.catchUp(),
                expected.catchUpWindow(),
                expected.catchUpMost(),
                expected.catchUpEvery(),
                expected.overlap(),
                expected.pauseAfterFailures());
    }

    @Test
    void pausedOneStaysPaused() {
        ScheduleSettings stored = settings("{'enabled':false,'pauseNote':'moving','every':'PT5M','zone':'UTC'}");

        ScheduleSettings typed = ScheduleForm.of(stored).settings(stored);

        assertThat(typed.enabled()).isFalse();
        assertThat(typed.pauseNote()).isEqualTo("moving");
    }

    @Test
    void showsMomentsByTheZonesClock() {
        ScheduleForm form = ScheduleForm.of(
                settings("{'every':'PT5M','zone':'Australia/Sydney','activateOn':'2026-11-23T18:55:00Z'}"));

        assertThat(form.value("activateOn")).isEqualTo("2026-11-24T05:55:00");
    }

    @Test
    void momentThatIsNotTouchedStaysTheVeryOne() {
        // 02:30 is there twice that day in Berlin, and this is the second.
        ScheduleSettings stored = settings(
                "{'every':'PT7M','zone':'Europe/Berlin','activateOn':'2026-10-25T02:30:00+01:00','until':'2027-10-31T02:30:00+01:00'}");
        ScheduleForm form = ScheduleForm.of(stored);

        ScheduleSettings same = form.settings(stored);
        assertThat(same.activateOn()).isEqualTo(stored.activateOn());
        assertThat(same.until()).isEqualTo(stored.until());

        Map<String, String> values = new HashMap<>(form.values());
        values.put("zone", "America/New_York");
        ScheduleSettings moved = new ScheduleForm(values, List.of()).settings(stored);
        assertThat(moved.activateOn()).as("when it began").isEqualTo(stored.activateOn());
        assertThat(moved.until()).as("what the clock shows").isEqualTo("2027-10-31T02:30:00");
    }

    @Test
    void intervalFinerThanTheFormShowsStays() {
        ScheduleSettings stored = settings("{'every':'PT1.5S','zone':'UTC'}");

        assertThat(ScheduleForm.of(stored).settings(stored).every()).isEqualTo(stored.every());
    }

    @ParameterizedTest
    @CsvSource({
        "every, amount, x, /every",
        "every, jitter, soon, /jitter",
        "every, catchUpWindow, 5 parsecs, /catchUpWindow",
        "every, pauseAfterFailures, many, /pauseAfterFailures",
        "monthly, monthDays, first, /monthly/days",
    })
    void saysWhichFieldCannotBeRead(String rule, String field, String value, String pointer) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("rule", rule);
        form.putSingle("amount", "5");
        form.putSingle("unit", "minutes");
        form.putSingle(field, value);

        assertThatThrownBy(() -> ScheduleForm.of(form).settings(null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors())
                                .extracting(FieldProblem::pointer)
                                .containsExactly(pointer));
        assertThat(ScheduleForm.of(form).value(field)).isEqualTo(value);
    }

    private static ScheduleSettings settings(String json) {
        return Json.parse(json.replace('\'', '"'), ScheduleSettings.class);
    }
}
