package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.schedule.SchedulePreview;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PreviewsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T00:00:00Z");

    private static ScheduleSettings settings(String json) {
        return Json.parse(json.replace('\'', '"'), ScheduleSettings.class);
    }

    private static SchedulePreview preview(String json, int count) {
        return Previews.of(ScheduleRules.read(settings(json), NOW, Duration.ofSeconds(1)), NOW, count);
    }

    private static List<String> marked(SchedulePreview preview) {
        return preview.next().stream()
                .filter(fire -> fire.mark() != null)
                .map(PreviewsTest::text)
                .toList();
    }

    private static String text(SchedulePreview.Fire fire) {
        return fire.local() + (fire.mark() == null ? "" : " " + fire.mark()) + (fire.fires() ? "" : " left out");
    }

    @ParameterizedTest
    @MethodSource("halfPastTwo")
    void halfPastTwoInTheComingYear(String zone, String options, List<String> expected) {
        SchedulePreview year = preview("{'daily': {'at': ['02:30']}, 'zone': '" + zone + "'" + options + "}", 366);

        assertThat(marked(year)).isEqualTo(expected);
    }

    static Stream<Arguments> halfPastTwo() {
        return Stream.of(
                Arguments.of("America/New_York", "", List.of("2027-03-14T03:30:00-04:00 gap")),
                Arguments.of(
                        "America/New_York", ", 'inGap': 'skip'", List.of("2027-03-14T02:30:00-05:00 gap left out")),
                Arguments.of(
                        "Australia/Sydney",
                        "",
                        List.of("2027-04-04T02:30:00+11:00 overlap", "2027-10-03T03:30:00+11:00 gap")),
                Arguments.of(
                        "Australia/Sydney",
                        ", 'inOverlap': 'second', 'inGap': 'skip'",
                        List.of("2027-04-04T02:30:00+10:00 overlap", "2027-10-03T02:30:00+10:00 gap left out")),
                Arguments.of(
                        "Australia/Sydney",
                        ", 'inOverlap': 'both'",
                        List.of(
                                "2027-04-04T02:30:00+11:00 overlap",
                                "2027-04-04T02:30:00+10:00 overlap",
                                "2027-10-03T03:30:00+11:00 gap")),
                // Its clock goes by half an hour: from 02:00 to 02:30 and from 02:00 to 01:30, which leaves 02:30
                // alone.
                Arguments.of("Australia/Lord_Howe", "", List.of()),
                // There it is the hour from 01:00 to 02:00.
                Arguments.of("Europe/London", "", List.of()));
    }

    @Test
    void exclusionsStandAmongTheInstantsThatFire() {
        SchedulePreview preview = preview(
                "{'daily': {'at': ['09:00']}, 'zone': 'Europe/London',"
                        + " 'excluded': [{'from': '2026-12-25', 'to': '2026-12-26'}, {'from': '2026-12-31T12:00', 'to':"
                        + " '2027-01-01T08:59'}, {'from': '2027-01-02T09:00'}]}",
                40);

        assertThat(marked(preview))
                .containsExactly(
                        "2026-12-25T09:00:00Z excluded left out",
                        "2026-12-26T09:00:00Z excluded left out",
                        "2027-01-02T09:00:00Z excluded left out");
        assertThat(preview.words())
                .isEqualTo("Daily at 09:00, London time, from 28 Nov 2026, except 2 days and 2 periods");
    }

    @Test
    void whatCatchUpWouldFireComesFirst() {
        ScheduleSettings settings = settings("{'every': 'PT1H', 'activateOn': '2026-11-01T00:00:00Z', 'catchUp': 'all',"
                + " 'catchUpWindow': 'P1D', 'catchUpMost': 3}");
        SchedulePreview preview = Previews.ofPaused(
                ScheduleRules.stored(settings, NOW),
                Instant.parse("2026-11-20T00:00:00Z"),
                NOW,
                CatchUpPolicy.of(settings),
                2);

        assertThat(preview.next().stream().map(PreviewsTest::text))
                .containsExactly(
                        "2026-11-27T22:00:00Z catchUp",
                        "2026-11-27T23:00:00Z catchUp",
                        "2026-11-28T00:00:00Z catchUp",
                        "2026-11-28T01:00:00Z",
                        "2026-11-28T02:00:00Z");
        assertThat(preview.missed()).isEqualTo(8 * 24 - 3);
        assertThat(preview.missedIsLeast()).isFalse();
    }
}
