package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings may say beside their rule, and what is said of those that may not. */
class ScheduleOptionsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static ScheduleSettings settings(String fields) {
        return Json.parse("{" + fields.replace('\'', '"') + "}", ScheduleSettings.class);
    }

    private static List<FieldProblem> problems(ScheduleSettings settings) {
        return catchThrowableOfType(ProblemException.class, () -> ScheduleRules.read(settings, NOW, MINUTE))
                .errors();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'every': 'PT1H', 'zone': 'Australia/Sidney'                        | /zone              | is Australia/Sydney meant
            'every': 'PT1H', 'zone': 'sydney'                                  | /zone              | is Australia/Sydney meant
            'every': 'PT1H', 'zone': 'Europe/New_York'                         | /zone              | is America/New_York meant
            'every': 'PT1H', 'zone': 'Middle-earth'                            | /zone              | an IANA name such as
            'every': 'PT1H', 'activateOn': '2026-02-30T00:00'                  | /activateOn        | February 2026 has 28 days
            'every': 'PT1H', 'until': '2026-02-30T00:00'                       | /until             | February 2026 has 28 days
            'at': '2027-02-29T00:00'                                           | /at                | February 2027 has 28 days
            'daily': {'at': ['09:00']}, 'excluded': [{'from': '2026-02-30'}]   | /excluded/0/from   | February 2026 has 28 days
            'cron': '0 0 30 2 *'                                               | /cron              | never fires
            'cron': '0 0 31 4,6,9,11 *'                                        | /cron              | never fires
            'monthly': {'weekdays': [{'nth': 6, 'day': 'friday'}], 'at': ['09:00']} | /monthly/weekdays/0/nth | 1 to 5
            'monthly': {'weekdays': [{'nth': 1, 'day': 'freitag'}], 'at': ['09:00']} | /monthly/weekdays/0/day | monday
            'monthly': {'days': [0], 'at': ['09:00']}                          | /monthly/days/0    | the month's last day
            'monthly': {'at': ['09:00']}                                       | /monthly/days      | or weekdays
            'monthly': {'days': [1]}                                           | /monthly/at        | times of day
            'weekly': {'days': ['someday'], 'at': ['09:00']}                   | /weekly/days/0     | monday
            'weekly': {'at': ['09:00']}                                        | /weekly/days       | monday
            'weekly': {'days': ['monday'], 'at': ['9']}                        | /weekly/at/0       | 02:30
            'every': 'PT30S'                                                   | /every             | no interval shorter than PT1M
            'cron': '*/10 * * * * *'                                           | /cron              | no interval shorter than PT1M
            'weekly': {'days': ['monday', 'tuesday'], 'at': ['23:59:30', '00:00']} | /weekly/at      | no interval shorter than PT1M
            'every': 'PT5M', 'adaptive': {'min': 'PT30S', 'max': 'PT1H'}       | /adaptive/min      | no interval shorter than PT1M
            'every': 'PT5M', 'adaptive': {'min': 'PT6M', 'max': 'PT1H'}        | /adaptive/min      | PT5M
            'every': 'PT5M', 'adaptive': {'min': 'PT1M', 'max': 'PT4M'}        | /adaptive/max      | PT5M
            'every': 'PT5M', 'adaptive': {'max': 'PT1H'}                       | /adaptive/min      | a duration
            'daily': {'at': ['09:00']}, 'adaptive': {'min': 'PT1M', 'max': 'PT1H'} | /adaptive       | goes with every
            'every': 'PT1H', 'activateOn': '2027-01-01T00:00', 'until': '2026-12-31T00:00' | /until  | before activateOn
            'every': 'PT1H', 'until': '2026-11-27T00:00'                       | /until             | its end is over
            'at': '2026-11-27T00:00'                                           | /at                | the moment is over
            'at': '2027-03-14T02:30', 'zone': 'America/New_York', 'inGap': 'skip' | /at             | the clock skips this time
            'daily': {'at': ['09:00']}, 'excluded': [{'from': '2026-12-24', 'to': '2026-12-23'}] | /excluded/0/to | before from
            'daily': {'at': ['09:00']}, 'excluded': [{'to': '2026-12-23'}]     | /excluded/0/from   | a date such as
            'daily': {'at': ['09:00']}, 'excluded': [null]                     | /excluded/0/from   | a date such as
            'every': 'PT10M', 'jitter': 'PT10M'                                | /jitter            | shortest interval, which is PT10M
            'cron': '0 0,1 * * *', 'jitter': 'PT1H1S'                          | /jitter            | PT1H
            'daily': {'at': ['09:00']}, 'inGap': 'move'                        | /inGap             | shift, skip
            'daily': {'at': ['09:00']}, 'inOverlap': 'third'                   | /inOverlap         | first, second, both
            'every': 'PT1H', 'inGap': 'skip'                                   | /inGap             | elapsed time
            'every': 'PT1H', 'inOverlap': 'both'                               | /inOverlap         | elapsed time
            'every': 'PT1H', 'catchUp': 'some'                                 | /catchUp           | none, last, all
            'every': 'PT1H', 'overlap': 'queue'                                | /overlap           | queueOne
            'every': 'PT1H', 'catchUpMost': 5                                  | /catchUpMost       | goes with catchUp all
            'every': 'PT1H', 'catchUpEvery': 'PT5S'                            | /catchUpEvery      | goes with catchUp all
            'every': 'PT1H', 'catchUp': 'none', 'catchUpWindow': 'P1D'         | /catchUpWindow     | nothing is made up for
            'every': 'PT1H', 'catchUp': 'all', 'catchUpMost': 1001             | /catchUpMost       | 1 to 1000
            'every': 'PT1H', 'catchUp': 'all', 'catchUpWindow': 'P366D'        | /catchUpWindow     | a duration from
            'every': 'PT1H', 'pauseAfterFailures': 0                           | /pauseAfterFailures | 1 to 1000
            'every': 'PT1H', 'weekly': {'days': ['monday'], 'at': ['09:00']}   | /weekly            | every and weekly
            'cron': '0 0 * * L'                                                | /cron              | 5L
            'cron': '*/61 * * * *'                                             | /cron              | between 1 and 60
            """)
    void whatIsWrongIsSaidAtItsFieldWithAWayOut(String fields, String pointer, String wayOut) {
        List<FieldProblem> problems = problems(settings(fields));

        assertThat(problems).extracting(FieldProblem::pointer).containsExactly(pointer);
        assertThat(problems.getFirst().detail()).contains(wayOut);
    }

    @Test
    void moreThanAThousandExclusionsAreRefused() {
        String many = String.join(",", Collections.nCopies(1_001, "{'from': '2027-01-01'}"));

        assertThat(problems(settings("'every': 'PT1H', 'excluded': [" + many + "]")))
                .extracting(FieldProblem::pointer)
                .containsExactly("/excluded");
    }

    @Test
    void noteMayHaveFiveHundredCharacters() {
        ScheduleSpec fits =
                ScheduleRules.read(settings("'every': 'PT1H', 'pauseNote': '" + "x".repeat(500) + "'"), NOW, MINUTE);

        assertThat(fits.rule()).isEqualTo(new Rule.Every(Duration.ofHours(1)));
        assertThat(problems(settings("'every': 'PT1H', 'pauseNote': '" + "x".repeat(501) + "'")))
                .extracting(FieldProblem::pointer)
                .containsExactly("/pauseNote");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'every': 'PT1H', 'inGap': 'shift', 'inOverlap': 'first'",
                "'every': 'PT1H', 'catchUp': 'last', 'catchUpWindow': 'PT1H'",
                "'every': 'PT1H', 'catchUp': 'all', 'catchUpMost': 1000, 'catchUpEvery': 'PT0S'",
                "'every': 'PT10M', 'jitter': 'PT9M59S'",
                "'every': 'PT5M', 'adaptive': {'min': 'PT5M', 'max': 'PT5M'}",
                "'weekly': {'days': ['monday', 'wednesday'], 'at': ['23:59:30', '00:00']}",
                "'every': 'PT1H', 'overlap': 'cancelRunning'",
                "'cron': '0 0 29 2 MON#5'"
            })
    void whatIsAllowedIsRead(String fields) {
        assertThat(ScheduleRules.read(settings(fields), NOW, MINUTE)).isNotNull();
    }

    @Test
    void personsZoneIsTheDefault() {
        ScheduleSpec spec =
                ScheduleRules.read(settings("'at': '2026-12-01T09:00'"), NOW, MINUTE, ZoneId.of("Australia/Sydney"));

        assertThat(NextInstant.after(spec, NOW))
                .map(NextInstant.Fire::at)
                .contains(Instant.parse("2026-11-30T22:00:00Z"));
    }

    @Test
    void onceFiresOnceAndEndsThere() {
        ScheduleSpec spec = ScheduleRules.read(
                settings("'at': '2027-11-07T01:30', 'zone': 'America/New_York', 'inOverlap': 'both'"), NOW, MINUTE);

        assertThat(NextInstant.list(spec, NOW, 5))
                .containsExactly(
                        new NextInstant.Fire(Instant.parse("2027-11-07T05:30:00Z"), "overlap", true),
                        new NextInstant.Fire(Instant.parse("2027-11-07T06:30:00Z"), "overlap", true));
    }

    @Test
    void endIsInclusive() {
        ScheduleSpec spec =
                ScheduleRules.read(settings("'daily': {'at': ['09:00']}, 'until': '2026-11-29T09:00'"), NOW, MINUTE);

        assertThat(NextInstant.list(spec, NOW, 5))
                .extracting(fire -> fire.at().toString())
                .containsExactly("2026-11-28T09:00:00Z", "2026-11-29T09:00:00Z");
    }

    @Test
    void excludedDaysAreDaysOfTheZone() {
        ScheduleSpec spec = ScheduleRules.read(
                settings("'every': 'PT12H', 'activateOn': '2026-12-01T00:00', 'zone': 'Australia/Sydney',"
                        + " 'excluded': [{'from': '2026-12-02'}]"),
                NOW,
                MINUTE);

        assertThat(NextInstant.list(spec, NOW, 3))
                .extracting(
                        fire -> fire.at().atZone(spec.zone()).toLocalDateTime().toString())
                .containsExactly("2026-12-01T00:00", "2026-12-01T12:00", "2026-12-03T00:00");
    }

    @Test
    void shortMonthHasNo31st() {
        ScheduleSpec spec = ScheduleRules.read(
                settings("'monthly': {'days': [31, -1], 'at': ['09:00']}, 'until': '2027-05-31T23:00'"), NOW, MINUTE);
        ScheduleSpec only31st = ScheduleRules.read(
                settings("'monthly': {'days': [31], 'at': ['09:00']}, 'until': '2027-05-31T23:00'"), NOW, MINUTE);

        assertThat(NextInstant.list(spec, NOW, 9)).hasSize(7);
        assertThat(NextInstant.list(only31st, NOW, 9))
                .extracting(fire -> fire.at().toString().substring(0, 10))
                .containsExactly("2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31");
    }

    @Test
    void storedRuleIsReadWhenItIsOverOrTooFrequent() {
        assertThat(ScheduleRules.unreadable(settings("'every': 'PT1S', 'until': '2020-01-01T00:00'")))
                .isEmpty();
        assertThat(ScheduleRules.unreadable(settings("'cron': '0 0 30 2 *'"))).isEmpty();
        assertThat(NextInstant.after(ScheduleRules.stored(settings("'cron': '0 0 30 2 *'"), NOW), NOW))
                .isEmpty();
    }

    @Test
    void storedRuleWhoseZoneIsGoneSaysSo() {
        assertThat(ScheduleRules.unreadable(settings("'daily': {'at': ['09:00']}, 'zone': 'America/Atlantis'")))
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("America/Atlantis").contains("zone"));
    }
}
