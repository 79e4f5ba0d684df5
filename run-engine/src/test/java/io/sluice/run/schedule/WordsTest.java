package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static String words(String fields) {
        ScheduleSettings settings = Json.parse("{" + fields.replace('\'', '"') + "}", ScheduleSettings.class);
        return Words.of(ScheduleRules.read(settings, NOW, Duration.ofSeconds(1), ZoneId.of("Europe/London")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'every': 'PT7M', 'activateOn': '2026-11-24T05:55', 'zone': 'Australia/Sydney'     | Every 7 minutes from 24 Nov 2026, 05:55, Sydney time
            'every': 'PT5M', 'adaptive': {'min': 'PT1M', 'max': 'PT1H'}                       | Every 5 minutes, sooner after changes and later without (1 minute to 1 hour), from 28 Nov 2026, 12:00, London time
            'daily': {'at': ['02:30', '14:00']}                                               | Daily at 02:30 and 14:00, London time, from 28 Nov 2026
            'daily': {'at': ['02:30']}, 'inGap': 'skip', 'inOverlap': 'both'                  | Daily at 02:30, London time, from 28 Nov 2026, left out when the clock skips it, both times when the clock shows it twice
            'daily': {'at': ['02:30']}, 'inOverlap': 'second'                                 | Daily at 02:30, London time, from 28 Nov 2026, the second time when the clock shows it twice
            'weekly': {'days': ['thursday', 'Mon'], 'at': ['09:00']}                          | Every week on Monday and Thursday at 09:00, London time, from 28 Nov 2026
            'monthly': {'weekdays': [{'nth': -1, 'day': 'friday'}], 'at': ['09:00']}          | Every month on the last Friday at 09:00, London time, from 28 Nov 2026
            'monthly': {'days': [-1, 15, 1, -2, -3], 'at': ['09:00']}                         | Every month on the 1st, the 15th, the 3rd day from the end, the day before the last and the last day at 09:00, London time, from 28 Nov 2026
            'monthly': {'days': [22], 'weekdays': [{'nth': 2, 'day': 'tue'}], 'at': ['09:00']} | Every month on the 22nd and the 2nd Tuesday at 09:00, London time, from 28 Nov 2026
            'cron': '0 9 * * 1-5'                                                             | At 09:00 every day between Monday and Friday (0 9 * * 1-5), London time, from 28 Nov 2026
            'at': '2026-12-01T09:00'                                                          | Once on 1 Dec 2026, 09:00, London time
            'daily': {'at': ['09:00']}, 'jitter': 'PT5M'                                      | Daily at 09:00, London time, from 28 Nov 2026, up to 5 minutes later
            'daily': {'at': ['09:00']}, 'until': '2027-12-31T23:59'                           | Daily at 09:00, London time, from 28 Nov 2026, until 31 Dec 2027, 23:59
            'daily': {'at': ['09:00']}, 'excluded': [{'from': '2026-12-24', 'to': '2026-12-26'}] | Daily at 09:00, London time, from 28 Nov 2026, except 3 days
            """)
    void everyRuleAndOptionInPlainEnglish(String fields, String expected) {
        assertThat(words(fields)).isEqualTo(expected);
    }

    @Test
    void cronThatTheLibraryCannotDescribeIsShownAsItIs() {
        assertThat(words("'cron': '0 9 L-3 * *'")).contains("0 9 L-3 * *").endsWith(", London time, from 28 Nov 2026");
    }
}
