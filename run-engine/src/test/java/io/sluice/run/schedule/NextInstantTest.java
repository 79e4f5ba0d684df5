package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NextInstantTest {

    private static final ZoneId SYDNEY = ZoneId.of("Australia/Sydney");
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final List<ZoneId> ZONES = List.of(
            SYDNEY,
            ZoneId.of("America/New_York"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Europe/London"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Africa/Casablanca"),
            ZoneOffset.UTC);

    private static ScheduleSpec daily(String zone, String... times) {
        return new ScheduleSpec(
                new Rule.Daily(
                        java.util.Arrays.stream(times).map(LocalTime::parse).toList()),
                LONG_AGO,
                ZoneId.of(zone));
    }

    private static ScheduleSpec cron(String expression, ZoneId zone) {
        return new ScheduleSpec(new Rule.CronRule(expression), LONG_AGO, zone);
    }

    private static List<String> local(ScheduleSpec spec, String after, int count) {
        return NextInstant.list(spec, Instant.parse(after), count).stream()
                .map(fire -> fire.at().atZone(spec.zone()).toOffsetDateTime()
                        + (fire.mark() == null ? "" : " " + fire.mark()))
                .toList();
    }

    @Test
    void everySevenMinutesFrom555() {
        ScheduleSpec spec =
                new ScheduleSpec(new Rule.Every(Duration.ofMinutes(7)), Instant.parse("2026-11-23T18:55:00Z"), SYDNEY);

        assertThat(local(spec, "2026-11-01T00:00:00Z", 4))
                .containsExactly(
                        "2026-11-24T05:55+11:00",
                        "2026-11-24T06:02+11:00",
                        "2026-11-24T06:09+11:00",
                        "2026-11-24T06:16+11:00");
    }

    @Test
    void activationItselfIsNotRepeated() {
        Instant anchor = Instant.parse("2026-11-23T18:55:00Z");
        ScheduleSpec spec = new ScheduleSpec(new Rule.Every(Duration.ofMinutes(7)), anchor, SYDNEY);

        assertThat(NextInstant.after(spec, anchor.minusNanos(1)))
                .map(NextInstant.Fire::at)
                .contains(anchor);
        assertThat(NextInstant.after(spec, anchor))
                .map(NextInstant.Fire::at)
                .contains(anchor.plus(Duration.ofMinutes(7)));
    }

    @Test
    void everyCountsElapsedTimeOverATransition() {
        ScheduleSpec spec =
                new ScheduleSpec(new Rule.Every(Duration.ofHours(1)), Instant.parse("2026-10-03T14:00:00Z"), SYDNEY);

        assertThat(local(spec, "2026-10-03T14:00:00Z", 3))
                .containsExactly("2026-10-04T01:00+10:00", "2026-10-04T03:00+11:00", "2026-10-04T04:00+11:00");
    }

    @ParameterizedTest
    @CsvSource({
        "Australia/Sydney,02:30,2026-10-03T00:00:00Z,2026-10-04T03:30+11:00 gap,2026-10-05T02:30+11:00",
        "Australia/Sydney,02:30,2026-04-04T00:00:00Z,2026-04-05T02:30+11:00 overlap,2026-04-06T02:30+10:00",
        "America/New_York,02:30,2026-03-08T00:00:00Z,2026-03-08T03:30-04:00 gap,2026-03-09T02:30-04:00",
        "America/New_York,01:30,2026-11-01T00:00:00Z,2026-11-01T01:30-04:00 overlap,2026-11-02T01:30-05:00",
        "Australia/Lord_Howe,02:10,2026-10-03T00:00:00Z,2026-10-04T02:40+11:00 gap,2026-10-05T02:10+11:00",
        "Australia/Lord_Howe,01:45,2026-04-04T00:00:00Z,2026-04-05T01:45+11:00 overlap,2026-04-06T01:45+10:30",
        "Europe/London,01:15,2026-03-28T12:00:00Z,2026-03-29T02:15+01:00 gap,2026-03-30T01:15+01:00",
        "Europe/London,01:15,2026-10-24T12:00:00Z,2026-10-25T01:15+01:00 overlap,2026-10-26T01:15Z"
    })
    void timeOfDayMovesOverAGapAndIsTakenOnceInAnOverlap(
            String zone, String time, String after, String first, String second) {
        assertThat(local(daily(zone, time), after, 2)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({
        "30 2 * * *,Australia/Sydney,2026-10-03T00:00:00Z,2026-10-04T03:30+11:00 gap,2026-10-05T02:30+11:00",
        "30 2 * * *,Australia/Sydney,2026-04-04T00:00:00Z,2026-04-05T02:30+11:00 overlap,2026-04-06T02:30+10:00",
        "15 1 * * *,Europe/London,2026-03-28T12:00:00Z,2026-03-29T02:15+01:00 gap,2026-03-30T01:15+01:00",
        "0 9 * * 1-5,Europe/London,2026-10-23T12:00:00Z,2026-10-26T09:00Z,2026-10-27T09:00Z"
    })
    void cronFollowsTheZonesClock(String expression, String zone, String after, String first, String second) {
        assertThat(local(cron(expression, ZoneId.of(zone)), after, 2)).containsExactly(first, second);
    }

    @Test
    void severalTimesOfADayFireInOrder() {
        assertThat(local(daily("UTC", "18:00", "06:00", "06:00"), "2026-01-01T05:00:00Z", 3))
                .containsExactly("2026-01-01T06:00Z", "2026-01-01T18:00Z", "2026-01-02T06:00Z");
    }

    @Test
    void nothingFiresBeforeTheActivation() {
        ScheduleSpec spec = new ScheduleSpec(
                new Rule.Daily(List.of(LocalTime.of(6, 0))), Instant.parse("2026-06-01T06:00:00Z"), ZoneOffset.UTC);

        assertThat(local(spec, "2026-01-01T00:00:00Z", 1)).containsExactly("2026-06-01T06:00Z");
    }

    @Test
    void sundayIsZeroAndSevenAndItsName() {
        for (String sunday : List.of("0", "7", "SUN")) {
            assertThat(local(cron("0 12 * * " + sunday, ZoneOffset.UTC), "2026-11-24T00:00:00Z", 1))
                    .containsExactly("2026-11-29T12:00Z");
        }
    }

    @Test
    void cronMayHaveSecondsFirst() {
        assertThat(local(cron("*/20 * * * * *", ZoneOffset.UTC), "2026-11-24T00:00:00Z", 3))
                .containsExactly("2026-11-24T00:00:20Z", "2026-11-24T00:00:40Z", "2026-11-24T00:01Z");
    }

    @Test
    void cronThatNeverComesIsEmpty() {
        assertThat(NextInstant.after(cron("0 0 30 2 *", SYDNEY), LONG_AGO)).isEmpty();
    }

    @Test
    void leapDayIsFoundYearsAhead() {
        assertThat(local(cron("0 0 29 2 *", ZoneOffset.UTC), "2025-01-01T00:00:00Z", 2))
                .containsExactly("2028-02-29T00:00Z", "2032-02-29T00:00Z");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nextIsAlwaysLaterWhateverTheRule(long seed) {
        Random random = new Random(seed);
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        ScheduleSpec spec = new ScheduleSpec(rule(random), LONG_AGO, zone);
        Instant after = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(400 * 86_400));

        List<NextInstant.Fire> fires = NextInstant.list(spec, after, 20);

        Instant before = after;
        for (NextInstant.Fire fire : fires) {
            assertThat(fire.at())
                    .as("%s in %s after %s", spec.rule(), zone, before)
                    .isAfter(before);
            before = fire.at();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onUtcCronIsWhatTheLibrarySays(long seed) {
        Random random = new Random(seed);
        String expression = cronText(random);
        ZonedDateTime from = Instant.parse("2026-01-01T00:00:00Z")
                .plusSeconds(random.nextInt(400 * 86_400))
                .atZone(ZoneOffset.UTC);
        List<Instant> expected = new ArrayList<>();
        Optional<ZonedDateTime> next = Optional.of(from);
        for (int i = 0; i < 10; i++) {
            next = next.flatMap(ExecutionTime.forCron(CronParsing.parse(expression))::nextExecution);
            next.ifPresent(instant -> expected.add(instant.toInstant()));
        }

        assertThat(NextInstant.list(cron(expression, ZoneOffset.UTC), from.toInstant(), 10))
                .as(expression)
                .extracting(NextInstant.Fire::at)
                .isEqualTo(expected);
    }

    /** An oracle of its own: tries every minute. */
    @ParameterizedTest
    @MethodSource("seeds")
    void onUtcCronIsWhatTryingEveryMinuteFinds(long seed) {
        Random random = new Random(seed);
        List<Integer> minutes = some(random, 0, 59);
        List<Integer> hours = some(random, 0, 23);
        List<Integer> days =
                random.nextBoolean() ? IntStream.rangeClosed(1, 31).boxed().toList() : some(random, 1, 28);
        String expression = text(minutes) + " " + text(hours) + " " + (days.size() == 31 ? "*" : text(days)) + " * *";
        ZonedDateTime minute =
                ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).plusMinutes(random.nextInt(300 * 1_440));
        Instant after = minute.toInstant();
        List<Instant> expected = new ArrayList<>();
        while (expected.size() < 5) {
            minute = minute.plusMinutes(1);
            if (minutes.contains(minute.getMinute())
                    && hours.contains(minute.getHour())
                    && days.contains(minute.getDayOfMonth())) {
                expected.add(minute.toInstant());
            }
        }

        assertThat(NextInstant.list(cron(expression, ZoneOffset.UTC), after, 5))
                .as(expression)
                .extracting(NextInstant.Fire::at)
                .isEqualTo(expected);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    private static Rule rule(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> new Rule.Every(Duration.ofSeconds(1 + random.nextInt(100_000)));
            case 1 ->
                new Rule.Daily(random.ints(1 + random.nextInt(4), 0, 86_400)
                        .mapToObj(second -> LocalTime.ofSecondOfDay(second))
                        .toList());
            default -> {
                String expression = cronText(random);
                yield new Rule.CronRule(expression);
            }
        };
    }

    private static String cronText(Random random) {
        String minute = random.nextBoolean() ? "*/" + (1 + random.nextInt(30)) : text(some(random, 0, 59));
        String hour = random.nextBoolean() ? "*" : text(some(random, 0, 23));
        String day = random.nextInt(3) == 0 ? String.valueOf(1 + random.nextInt(28)) : "*";
        String month = random.nextInt(4) == 0 ? text(some(random, 1, 12)) : "*";
        String weekday = day.equals("*") && random.nextBoolean() ? "1-" + (2 + random.nextInt(4)) : "*";
        return String.join(" ", minute, hour, day, month, weekday);
    }

    private static List<Integer> some(Random random, int from, int to) {
        return random.ints(1 + random.nextInt(4), from, to + 1)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private static String text(List<Integer> values) {
        return String.join(",", values.stream().map(String::valueOf).toList());
    }

    @Test
    void timeOfDayMovedByAGapDoesNotOvertakeAnother() {
        assertThat(local(daily("America/New_York", "02:30", "03:00"), "2026-03-08T05:00:00Z", 2))
                .containsExactly("2026-03-08T03:00-04:00", "2026-03-08T03:30-04:00 gap");
    }

    @ParameterizedTest
    @CsvSource({
        "'0,45 2 * * *',America/New_York,2026-03-08T05:00:00Z,2026-03-08T03:00-04:00 gap,2026-03-08T03:45-04:00 gap",
        "'15,30 2 * * *',Australia/Lord_Howe,2026-10-03T12:00:00Z,2026-10-04T02:30+11:00,2026-10-04T02:45+11:00 gap"
    })
    void cronFiresInOrderWhenAGapMovesIt(String expression, String zone, String after, String first, String second) {
        assertThat(local(cron(expression, ZoneId.of(zone)), after, 2)).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 * * 5-7,2026-11-27T00:00Z,2026-11-28T00:00Z,2026-11-29T00:00Z",
        "0 0 * * 0-1,2026-11-29T00:00Z,2026-11-30T00:00Z,2026-12-06T00:00Z",
        "'0 0 * * 6,0',2026-11-28T00:00Z,2026-11-29T00:00Z,2026-12-05T00:00Z"
    })
    void rangesMayBeginOrEndOnASunday(String expression, String first, String second, String third) {
        assertThat(local(cron(expression, ZoneOffset.UTC), "2026-11-23T00:00:00Z", 3))
                .containsExactly(first, second, third);
    }

    @Test
    void cronWithSecondsIsFoundAYearAhead() {
        assertThat(local(cron("0 0 0 1 1 *", ZoneOffset.UTC), "2026-01-01T00:00:00Z", 1))
                .containsExactly("2027-01-01T00:00Z");
    }
}
