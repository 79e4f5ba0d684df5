package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00.123Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static ScheduleSettings every(String duration) {
        return new ScheduleSettings(null, null, null, Duration.parse(duration), null, null, null, null);
    }

    private static ScheduleSettings daily(List<String> at) {
        return new ScheduleSettings(null, null, null, null, new ScheduleSettings.Daily(at), null, null, null);
    }

    private static ScheduleSettings cron(@Nullable String expression) {
        return new ScheduleSettings(null, null, null, null, null, expression, null, null);
    }

    private static ScheduleSettings hourly(@Nullable String activateOn, @Nullable String zone) {
        return new ScheduleSettings(null, activateOn, zone, Duration.ofHours(1), null, null, null, null);
    }

    private static List<FieldProblem> problems(ScheduleSettings settings, Duration minimum) {
        return catchThrowableOfType(ProblemException.class, () -> ScheduleRules.read(settings, NOW, minimum))
                .errors();
    }

    @Test
    void leavesOutWhatHasADefault() {
        ScheduleSpec spec = ScheduleRules.read(every("PT1H"), NOW, MINUTE);

        assertThat(spec.zone().getId()).isEqualTo("UTC");
        assertThat(spec.activateOn()).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    }

    @Test
    void activationIsLocalTimeOfTheZoneOrHasAnOffset() {
        Instant expected = Instant.parse("2026-11-23T18:55:00Z");

        assertThat(ScheduleRules.read(hourly("2026-11-24T05:55", "Australia/Sydney"), NOW, MINUTE)
                        .activateOn())
                .isEqualTo(expected);
        assertThat(ScheduleRules.read(hourly("2026-11-24T05:55:00+11:00", "Europe/London"), NOW, MINUTE)
                        .activateOn())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsSaidAtItsField(ScheduleSettings settings, String pointer) {
        assertThat(problems(settings, MINUTE)).extracting(FieldProblem::pointer).containsExactly(pointer);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(cron(null), "/every"),
                Arguments.of(
                        new ScheduleSettings(null, null, null, Duration.ofHours(1), null, "0 9 * * *", null, null),
                        "/cron"),
                Arguments.of(
                        new ScheduleSettings(
                                null,
                                null,
                                null,
                                Duration.ofHours(1),
                                new ScheduleSettings.Daily(List.of("02:30")),
                                null,
                                null,
                                null),
                        "/daily"),
                Arguments.of(hourly(null, "Mars/Olympus"), "/zone"),
                Arguments.of(hourly(null, "not a zone"), "/zone"),
                Arguments.of(hourly("tomorrow", null), "/activateOn"),
                Arguments.of(hourly("2026-02-30T00:00", null), "/activateOn"),
                Arguments.of(every("PT0S"), "/every"),
                Arguments.of(every("PT-5M"), "/every"),
                Arguments.of(every("PT0.5S"), "/every"),
                Arguments.of(every("P366D"), "/every"),
                Arguments.of(daily(List.of()), "/daily/at"),
                Arguments.of(daily(List.of("02:30", "25:00")), "/daily/at/1"),
                Arguments.of(daily(java.util.Collections.nCopies(97, "02:30")), "/daily/at"),
                Arguments.of(cron("0 9 * *"), "/cron"),
                Arguments.of(cron("61 9 * * *"), "/cron"),
                Arguments.of(cron("0 9 * * MOON"), "/cron"),
                Arguments.of(cron(""), "/cron"),
                Arguments.of(cron("0 0 30 2 *"), "/cron"),
                Arguments.of(
                        new ScheduleSettings(null, null, null, Duration.ofHours(1), null, null, "some", null),
                        "/catchUp"),
                Arguments.of(
                        new ScheduleSettings(null, null, null, Duration.ofHours(1), null, null, null, "queue"),
                        "/overlap"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(problems(new ScheduleSettings(null, "x", "y", Duration.ZERO, null, null, "some", "queue"), MINUTE))
                .extracting(FieldProblem::pointer)
                .containsExactlyInAnyOrder("/zone", "/activateOn", "/catchUp", "/overlap", "/every");
    }

    @ParameterizedTest
    @MethodSource("tooOften")
    void moreOftenThanTheTemplateAllowsIsRefused(ScheduleSettings settings, String pointer) {
        assertThat(problems(settings, Duration.ofMinutes(5)))
                .extracting(FieldProblem::pointer)
                .containsExactly(pointer);
    }

    static Stream<Arguments> tooOften() {
        return Stream.of(
                Arguments.of(every("PT4M59S"), "/every"),
                Arguments.of(daily(List.of("02:30", "02:34")), "/daily/at"),
                Arguments.of(daily(List.of("23:58", "00:01")), "/daily/at"),
                Arguments.of(daily(eachHourAnd("22:00:30")), "/daily/at"),
                Arguments.of(cron("* * * * *"), "/cron"),
                Arguments.of(cron("58,1 * * * *"), "/cron"),
                Arguments.of(cron("* 3 1 1 *"), "/cron"),
                Arguments.of(cron("*/30 * * * * *"), "/cron"));
    }

    @Test
    void exactlyTheShortestIntervalIsAllowed() {
        assertThat(ScheduleRules.read(every("PT5M"), NOW, Duration.ofMinutes(5)).rule())
                .isEqualTo(new Rule.Every(Duration.ofMinutes(5)));
        assertThat(ScheduleRules.read(cron("*/5 * * * *"), NOW, Duration.ofMinutes(5))
                        .rule())
                .isInstanceOf(Rule.CronRule.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nonsenseIsRefusedAtItsFieldAndNeverOtherwise(long seed) {
        Random random = new Random(seed);
        String alphabet = "0123456789*/,-?LW#SUNMONJAN ";
        StringBuilder text = new StringBuilder();
        int length = 5 + random.nextInt(20);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            if (random.nextInt(3) == 0) {
                text.append(' ');
            }
        }

        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(
                () -> ScheduleRules.read(cron(text.toString()), NOW, MINUTE));

        assertThat(thrown)
                .as("cron “%s”", text)
                .satisfiesAnyOf(t -> assertThat(t).isNull(), t -> assertThat(t).isInstanceOf(ProblemException.class));
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @Test
    void wordsSayTheExampleExactly() {
        ScheduleSpec spec = new ScheduleSpec(
                new Rule.Every(Duration.ofMinutes(7)),
                Instant.parse("2026-11-23T18:55:00Z"),
                ZoneId.of("Australia/Sydney"));

        assertThat(Words.of(spec)).isEqualTo("Every 7 minutes from 24 Nov 2026, 05:55, Sydney time");
    }

    @Test
    void wordsOfOtherRules() {
        ScheduleSpec daily = ScheduleRules.read(daily(List.of("14:00", "02:30", "20:15:30")), NOW, MINUTE);
        ScheduleSpec cron = ScheduleRules.read(cron("0 9 * * 1-5"), NOW, MINUTE);

        assertThat(Words.of(daily)).isEqualTo("Daily at 02:30, 14:00 and 20:15:30, UTC, from 24 Nov 2026");
        assertThat(Words.of(cron))
                .isEqualTo("At 09:00 every day between Monday and Friday (0 9 * * 1-5), UTC, from 24 Nov 2026");
    }

    @Test
    void wordsOfIntervals() {
        assertThat(words("PT1M")).startsWith("Every minute from ");
        assertThat(words("PT1H30M")).startsWith("Every 1 hour 30 minutes from ");
        assertThat(words("P1D")).startsWith("Every day from ");
        assertThat(words("PT90S")).startsWith("Every 1 minute 30 seconds from ");
    }

    private static String words(String interval) {
        return Words.of(new ScheduleSpec(new Rule.Every(Duration.parse(interval)), NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+999999999-12-31T23:59", "-999999999-01-01T00:00", "+12000-01-01T00:00", "0001-01-01T00:00"})
    void activationFarFromOurTimeIsRefusedAtItsField(String activation) {
        assertThat(problems(hourly(activation, null), MINUTE))
                .extracting(FieldProblem::pointer)
                .containsExactly("/activateOn");
    }

    private static List<String> eachHourAnd(String time) {
        return Stream.concat(IntStream.range(0, 24).mapToObj("%02d:00"::formatted), Stream.of(time))
                .toList();
    }
}
