package io.sluice.run.schedule;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.time.ExecutionTime;
import java.text.ParseException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.quartz.CronExpression;

/**
 * Random rules against two other implementations. Each difference has its reason here, and one without a reason fails.
 */
class CronAgainstOthersTest {

    private static final long SEED = 20_261_128;
    private static final int RULES = 3_000;
    private static final int INSTANTS = 8;
    private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

    /** Why another implementation may say something else. */
    private enum Reason {
        /** None: they agree. */
        NONE,
        /** With a day of the month and one of the week cron-utils wants both to fit; Unix cron, and so we, want either. */
        CRON_UTILS_WANTS_BOTH_DAYS,
        /** cron-utils takes the day itself for the working day nearest to it where the month ends with a Sunday. */
        CRON_UTILS_WORKS_ON_A_SUNDAY,
        /**
         * Quartz loses times of rules with W: on the first such day those before the time of day from which it was
         * asked, and on a day that the weekend has moved all after the first.
         */
        QUARTZ_LOSES_TIMES_OF_WORKING_DAYS,
        /** What lies in an hour that does not exist or exists twice is moved, left out or repeated by each in its way. */
        CLOCK_CHANGE
    }

    @Test
    void cronUtilsSaysTheSameOnAClockWithoutTransitions() {
        Random random = new Random(SEED);
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (int i = 0; i < RULES; i++) {
            Question question = new Question(RandomCron.next(random, false), ZoneOffset.UTC, someInstant(random));
            counts.merge(explained(question, question.cronUtils(), ofCronUtils(question)), 1, Integer::sum);
        }

        assertThat(counts.get(Reason.NONE)).as("%s", counts).isGreaterThan(RULES * 8 / 10);
    }

    @Test
    void quartzSaysTheSameOnAClockWithoutTransitions() throws ParseException {
        Random random = new Random(SEED);
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (int i = 0; i < RULES; i++) {
            Question question = new Question(RandomCron.next(random, true), ZoneOffset.UTC, someInstant(random));
            counts.merge(explained(question, question.quartz(), ofQuartz(question)), 1, Integer::sum);
        }

        assertThat(counts.get(Reason.NONE)).as("%s", counts).isGreaterThan(RULES * 9 / 10);
    }

    @Test
    void inAZoneTheyDifferAtChangesOfTheClockAlone() throws ParseException {
        Random random = new Random(SEED);
        List<ZoneId> zones = List.of(
                ZoneId.of("America/New_York"),
                ZoneId.of("Australia/Sydney"),
                ZoneId.of("Australia/Lord_Howe"),
                ZoneId.of("Europe/London"));
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        for (int i = 0; i < RULES; i++) {
            ZoneId zone = zones.get(random.nextInt(zones.size()));
            Question question = new Question(RandomCron.next(random, true), zone, nearTransition(zone, random));
            counts.merge(explained(question, question.quartz(), ofQuartz(question)), 1, Integer::sum);
            counts.merge(explained(question, question.cronUtils(), ofCronUtils(question)), 1, Integer::sum);
        }

        assertThat(counts.get(Reason.NONE)).as("%s", counts).isGreaterThan(RULES);
    }

    private static Reason explained(Question question, List<Instant> theirs, @Nullable Reason reason) {
        assertThat(reason)
                .as("%s: %s, but the other says %s", question, question.ours(), theirs)
                .isNotNull();
        return requireNonNull(reason);
    }

    private static @Nullable Reason ofCronUtils(Question question) {
        List<Instant> ours = question.ours();
        List<Instant> theirs = question.cronUtils();
        if (ours.equals(theirs)) {
            return Reason.NONE;
        }
        if (isOnlyAtChanges(ours, theirs, question.zone())) {
            return Reason.CLOCK_CHANGE;
        }
        if (question.cron().day().matches("\\d+W") && worksOnASunday(ours, theirs, question.zone())) {
            return Reason.CRON_UTILS_WORKS_ON_A_SUNDAY;
        }
        List<Instant> both = question.withBothDays();
        // It stops looking after some years.
        boolean wantsBoth =
                question.cron().hasBothDays() && theirs.equals(both.subList(0, Math.min(both.size(), theirs.size())));
        return wantsBoth ? Reason.CRON_UTILS_WANTS_BOTH_DAYS : null;
    }

    private static @Nullable Reason ofQuartz(Question question) throws ParseException {
        List<Instant> theirs = question.quartz();
        if (question.ours().equals(theirs)) {
            return Reason.NONE;
        }
        List<Instant> ours = question.oursUntil(theirs.getLast());
        if (isOnlyAtChanges(ours, theirs, question.zone())) {
            return Reason.CLOCK_CHANGE;
        }
        if (!question.cron().day().endsWith("W")) {
            return null;
        }
        boolean loses = only(theirs, ours).stream().allMatch(at -> isAtChange(at, question.zone()))
                && only(ours, theirs).stream().allMatch(at -> isLost(at, question, theirs));
        return loses ? Reason.QUARTZ_LOSES_TIMES_OF_WORKING_DAYS : null;
    }

    private static boolean worksOnASunday(List<Instant> ours, List<Instant> theirs, ZoneId zone) {
        TreeSet<Instant> sundays = only(theirs, ours);
        return sundays.stream()
                        .allMatch(at -> at.atZone(zone).getDayOfWeek() == DayOfWeek.SUNDAY
                                && at.atZone(zone).plusDays(1).getDayOfMonth() == 1)
                && only(ours, theirs).stream()
                        .allMatch(at ->
                                sundays.contains(at.atZone(zone).plusDays(2).toInstant()));
    }

    private static boolean isLost(Instant at, Question question, List<Instant> theirs) {
        ZonedDateTime local = at.atZone(question.zone());
        String day = question.cron().day();
        int wanted = day.equals("LW")
                ? local.toLocalDate().lengthOfMonth()
                : Integer.parseInt(day.substring(0, day.length() - 1));
        Instant askedFrom = theirs.stream()
                .filter(their -> their.isBefore(at))
                .reduce((first, second) -> second)
                .orElse(question.after());
        // Asked just before an hour that does not exist, it goes on from the one after that.
        Instant from = isAtChange(askedFrom, question.zone()) ? askedFrom.plusSeconds(3_600) : askedFrom;
        return local.getDayOfMonth() != wanted
                || !local.toLocalTime().isAfter(from.atZone(question.zone()).toLocalTime())
                || isAtChange(at, question.zone());
    }

    /** Whether what only one of them has lies where the clock changes. */
    private static boolean isOnlyAtChanges(List<Instant> ours, List<Instant> theirs, ZoneId zone) {
        return !theirs.isEmpty()
                && only(ours, theirs).stream().allMatch(at -> isAtChange(at, zone))
                && only(theirs, ours).stream().allMatch(at -> isAtChange(at, zone));
    }

    /** Up to the last instant that the other reaches. */
    private static TreeSet<Instant> only(List<Instant> one, List<Instant> other) {
        TreeSet<Instant> only = new TreeSet<>(one);
        only.removeAll(Set.copyOf(other));
        only.removeIf(at -> !other.isEmpty() && at.isAfter(other.getLast()));
        return only;
    }

    /** Within the hours that a change of the clock repeats or moves. */
    private static boolean isAtChange(Instant at, ZoneId zone) {
        return IntStream.of(-1, 1).anyMatch(side -> {
            Instant near = at.plusSeconds(side * 3_601L);
            return !zone.getRules().getOffset(near).equals(zone.getRules().getOffset(at));
        });
    }

    private static List<Instant> ours(String expression, ZoneId zone, Instant after) {
        return fires(new Rule.CronRule(expression), zone, after, INSTANTS);
    }

    private static List<Instant> fires(Rule rule, ZoneId zone, Instant after, int count) {
        return NextInstant.list(new ScheduleSpec(rule, LONG_AGO, zone), after, count).stream()
                .map(NextInstant.Fire::at)
                .toList();
    }

    /** What each of them is asked. */
    private record Question(RandomCron cron, ZoneId zone, Instant after) {

        List<Instant> ours() {
            return CronAgainstOthersTest.ours(cron.text(), zone, after);
        }

        List<Instant> oursUntil(Instant last) {
            ScheduleSpec spec = new ScheduleSpec(new Rule.CronRule(cron.text()), LONG_AGO, zone);
            List<Instant> instants = new ArrayList<>();
            Instant next = NextInstant.after(spec, after).orElseThrow().at();
            while (!next.isAfter(last)) {
                instants.add(next);
                next = NextInstant.after(spec, next).orElseThrow().at();
            }
            return instants;
        }

        /** What we would say if a day of the month and one of the week had both to fit. */
        List<Instant> withBothDays() {
            LocalTimes times = CronFields.parse(cron.text());
            Days either = times.days();
            Days both = new Days(
                    either.months(),
                    either.ofMonth(),
                    either.fromEnd(),
                    either.nearest(),
                    either.lastWorkday(),
                    either.ofWeek(),
                    either.nth(),
                    false);
            return fires(
                    new Rule.CronRule(cron.text(), new LocalTimes(both, times.times(), times.elapsed())),
                    zone,
                    after,
                    INSTANTS);
        }

        List<Instant> cronUtils() {
            ExecutionTime times = ExecutionTime.forCron(CronParsing.parse(cron.text()));
            List<Instant> instants = new ArrayList<>();
            Optional<ZonedDateTime> next = times.nextExecution(after.atZone(zone));
            while (next.isPresent() && instants.size() < INSTANTS) {
                instants.add(next.get().toInstant());
                next = times.nextExecution(next.get());
            }
            return instants;
        }

        List<Instant> quartz() throws ParseException {
            CronExpression expression = new CronExpression(cron.quartz());
            expression.setTimeZone(TimeZone.getTimeZone(zone));
            List<Instant> instants = new ArrayList<>();
            Date next = expression.getNextValidTimeAfter(Date.from(after));
            while (next != null && instants.size() < INSTANTS) {
                instants.add(next.toInstant());
                next = expression.getNextValidTimeAfter(next);
            }
            return instants;
        }
    }

    private static Instant someInstant(Random random) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(3 * 365 * 86_400));
    }

    private static Instant nearTransition(ZoneId zone, Random random) {
        Instant transition = zone.getRules().nextTransition(someInstant(random)).getInstant();
        return transition.minusSeconds(random.nextInt(4 * 3_600));
    }

    /** A random expression, six fields. */
    private record RandomCron(String time, String day, String month, String weekday) {

        /** @param quartz whether Quartz shall read it too: of the two day fields, one is then a question mark */
        static RandomCron next(Random random, boolean quartz) {
            String time = (random.nextInt(4) == 0 ? field(random, 0, 59) : "0") + " " + field(random, 0, 59) + " "
                    + field(random, 0, 23);
            String month = random.nextInt(3) == 0 ? field(random, 1, 12) : "*";
            boolean byDay = random.nextBoolean();
            String day = (!quartz && random.nextInt(6) == 0) || byDay ? day(random) : quartz ? "?" : "*";
            String weekday =
                    (!quartz && random.nextInt(6) == 0) || !byDay ? weekday(random, quartz) : quartz ? "?" : "*";
            return new RandomCron(time, day, month, weekday);
        }

        String text() {
            return String.join(" ", time, day, month, weekday);
        }

        boolean hasBothDays() {
            return !day.matches("[*?].*") && !weekday.matches("[*?].*");
        }

        /** Quartz counts weekdays from 1 for Sunday, so that only names mean the same to both, except before # and L. */
        String quartz() {
            String theirs = weekday;
            if (weekday.matches("\\d(#\\d|L)")) {
                theirs = weekday.charAt(0) - '0' + 1 + weekday.substring(1);
            }
            return String.join(" ", time, day, month, theirs);
        }

        private static String field(Random random, int least, int most) {
            int from = least + random.nextInt(most - least);
            int to = from + 1 + random.nextInt(most - from);
            return switch (random.nextInt(6)) {
                case 0 -> "*";
                case 1 -> "*/" + (1 + random.nextInt((most - least) / 2));
                case 2 -> from + "-" + to;
                case 3 -> from + "-" + to + "/" + (1 + random.nextInt(4));
                case 4 -> from + "," + to;
                default -> String.valueOf(from);
            };
        }

        private static String day(Random random) {
            return switch (random.nextInt(8)) {
                case 0 -> "L";
                case 1 -> "LW";
                case 2 -> (1 + random.nextInt(28)) + "W";
                case 3 -> "L-" + (1 + random.nextInt(20));
                default -> field(random, 1, 31);
            };
        }

        private static String weekday(Random random, boolean quartz) {
            List<String> names = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
            int from = random.nextInt(6);
            int to = from + 1 + random.nextInt(6 - from);
            return switch (random.nextInt(quartz ? 5 : 6)) {
                case 0 -> names.get(from);
                case 1 -> names.get(from) + "-" + names.get(to);
                case 2 -> names.get(from) + "," + names.get(to);
                case 3 -> from + "#" + (1 + random.nextInt(5));
                case 4 -> from + "L";
                default -> "*/" + (1 + random.nextInt(3));
            };
        }
    }

    @Test
    void dayOfMonthAndOfWeekTogetherAreEitherAsInUnixCron() {
        assertThat(days("0 0 13 * 5")).containsExactly("2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27");
        assertThat(days("0 0 0 13 * 5")).containsExactly("2026-11-06", "2026-11-13", "2026-11-20", "2026-11-27");
        assertThat(days("0 0 */12 * 5")).containsExactly("2026-11-13", "2026-12-25", "2027-01-01", "2027-06-25");
    }

    private static List<String> days(String expression) {
        return ours(expression, ZoneOffset.UTC, Instant.parse("2026-11-01T00:00:00Z")).stream()
                .limit(4)
                .map(at -> LocalDateTime.ofInstant(at, ZoneOffset.UTC)
                        .toLocalDate()
                        .toString())
                .toList();
    }
}
