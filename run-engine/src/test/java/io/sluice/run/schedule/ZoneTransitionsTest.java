package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each change of each zone's clock from 2020 to 2040, against a model that tries every minute of the days around it. Zones
 * with equal rules are tried once. The instants of model and rule are equal, so they are in order, none is lost and none
 * doubled beyond the policy.
 */
class ZoneTransitionsTest {

    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2041-01-01T00:00:00Z");
    private static final Instant LONG_AGO = Instant.parse("2019-01-01T00:00:00Z");
    private static final Duration AROUND = Duration.ofHours(30);

    /** A rule beside what it means, said without it. */
    private record Case(String name, Rule rule, boolean elapsed, Predicate<LocalDateTime> fits) {}

    @ParameterizedTest
    @MethodSource("zones")
    void everyRuleAndPolicyIsWhatTryingEveryMinuteFinds(ZoneId zone) {
        for (ZoneOffsetTransition transition : transitions(zone.getRules())) {
            Minutes minutes = Minutes.around(transition, zone.getRules());
            for (Case tried : cases(transition)) {
                for (InGap inGap : InGap.values()) {
                    for (InOverlap inOverlap : InOverlap.values()) {
                        ScheduleSpec spec = new ScheduleSpec(
                                tried.rule(),
                                LONG_AGO,
                                null,
                                zone,
                                inGap,
                                inOverlap,
                                Exclusions.none(),
                                Duration.ZERO,
                                null);
                        assertThat(fires(spec, minutes.from(), minutes.to()))
                                .as("%s in %s at %s, %s, %s", tried.name(), zone, transition, inGap, inOverlap)
                                .isEqualTo(minutes.instants(tried, inGap, inOverlap));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("zones")
    void intervalsKeepElapsedTimeOverEveryTransition(ZoneId zone) {
        for (ZoneOffsetTransition transition : transitions(zone.getRules())) {
            Instant anchor = transition.getInstant().minus(Duration.ofHours(5)).plusSeconds(17);
            ScheduleSpec spec = new ScheduleSpec(new Rule.Every(Duration.ofMinutes(97)), anchor, zone);

            Instant before = anchor;
            for (Instant at : fires(spec, anchor, anchor.plus(Duration.ofHours(20)))) {
                assertThat(Duration.between(before, at))
                        .as("%s at %s", zone, transition)
                        .isEqualTo(Duration.ofMinutes(97));
                before = at;
            }
        }
    }

    @Test
    void everyZoneIsAmongThem() {
        Set<ZoneRules> tried = new java.util.HashSet<>();
        zones().forEach(zone -> tried.add(zone.getRules()));

        assertThat(ZoneId.getAvailableZoneIds())
                .allSatisfy(name -> assertThat(tried).contains(ZoneId.of(name).getRules()));
    }

    static Stream<ZoneId> zones() {
        Map<ZoneRules, ZoneId> different = new HashMap<>();
        new TreeSet<>(ZoneId.getAvailableZoneIds())
                .forEach(name -> different.putIfAbsent(ZoneId.of(name).getRules(), ZoneId.of(name)));
        return different.values().stream().sorted(java.util.Comparator.comparing(ZoneId::getId));
    }

    private static List<ZoneOffsetTransition> transitions(ZoneRules rules) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        ZoneOffsetTransition next = rules.nextTransition(FROM);
        while (next != null && next.getInstant().isBefore(TO)) {
            transitions.add(next);
            next = rules.nextTransition(next.getInstant());
        }
        return transitions;
    }

    private static List<Instant> fires(ScheduleSpec spec, Instant after, Instant to) {
        List<Instant> fires = new ArrayList<>();
        Instant last = after;
        while (true) {
            last = NextInstant.after(spec, last).orElseThrow().at();
            if (last.isAfter(to)) {
                return fires;
            }
            fires.add(last);
        }
    }

    /** All kinds of rules, with times right where the clock changes. */
    private static List<Case> cases(ZoneOffsetTransition transition) {
        LocalDateTime change = transition.isGap() ? transition.getDateTimeBefore() : transition.getDateTimeAfter();
        LocalDate day = change.toLocalDate();
        LocalTime atChange = change.toLocalTime();
        Duration half = transition.getDuration().abs().dividedBy(2);
        LocalTime within = change.plus(half).truncatedTo(ChronoUnit.MINUTES).toLocalTime();
        LocalTime behind = change.plus(transition.getDuration().abs()).toLocalTime();
        List<LocalTime> times = List.of(atChange, within, behind, LocalTime.of(2, 30), LocalTime.of(23, 45));
        DayOfWeek weekday = day.getDayOfWeek();
        int nth = (day.getDayOfMonth() - 1) / 7 + 1;
        boolean last = day.plusWeeks(1).getMonth() != day.getMonth();
        int fromEnd = day.getDayOfMonth() - day.lengthOfMonth() - 1;
        String hour = String.valueOf(within.getHour());
        return List.of(
                new Case("daily", new Rule.Daily(times), false, local -> times.contains(local.toLocalTime())),
                new Case(
                        "weekly",
                        new Rule.Weekly(Set.of(weekday), times),
                        false,
                        local -> local.getDayOfWeek() == weekday && times.contains(local.toLocalTime())),
                new Case(
                        "monthly by day",
                        new Rule.Monthly(List.of(day.getDayOfMonth(), fromEnd), List.of(), times),
                        false,
                        local -> (local.getDayOfMonth() == day.getDayOfMonth()
                                        || local.getDayOfMonth()
                                                == local.toLocalDate().lengthOfMonth() + 1 + fromEnd)
                                && times.contains(local.toLocalTime())),
                new Case(
                        "monthly by weekday",
                        new Rule.Monthly(List.of(), List.of(new Rule.NthWeekday(last ? -1 : nth, weekday)), times),
                        false,
                        local -> local.getDayOfWeek() == weekday
                                && (last
                                        ? local.plusWeeks(1).getMonth() != local.getMonth()
                                        : (local.getDayOfMonth() - 1) / 7 + 1 == nth)
                                && times.contains(local.toLocalTime())),
                new Case(
                        "cron at hours",
                        new Rule.CronRule("0,20-40/5 " + hour + ",4,12 * * *"),
                        false,
                        local -> (local.getMinute() == 0
                                        || Set.of(20, 25, 30, 35, 40).contains(local.getMinute()))
                                && Set.of(within.getHour(), 4, 12).contains(local.getHour())),
                new Case(
                        "cron each half hour",
                        new Rule.CronRule("*/30 * * * *"),
                        true,
                        local -> local.getMinute() % 30 == 0),
                new Case(
                        "cron each hour of a day of the week or month",
                        new Rule.CronRule("15 * " + day.getDayOfMonth() + " * " + weekday.getValue()),
                        true,
                        local -> local.getMinute() == 15
                                && (local.getDayOfMonth() == day.getDayOfMonth() || local.getDayOfWeek() == weekday)));
    }

    /**
     * The minutes around a change of the clock, tried one by one.
     *
     * @param locals each minute that a clock could show, with its offsets: none, one or two
     */
    private record Minutes(
            ZoneOffsetTransition transition,
            ZoneRules rules,
            Instant from,
            Instant to,
            Map<LocalDateTime, List<ZoneOffset>> locals) {

        static Minutes around(ZoneOffsetTransition transition, ZoneRules rules) {
            Instant from = transition.getInstant().minus(AROUND).truncatedTo(ChronoUnit.MINUTES);
            Instant to = transition.getInstant().plus(AROUND).truncatedTo(ChronoUnit.MINUTES);
            // Further than the window: a time may be moved into it.
            LocalDateTime first = LocalDateTime.ofInstant(from, transition.getOffsetBefore())
                    .minusHours(3)
                    .truncatedTo(ChronoUnit.MINUTES);
            LocalDateTime last =
                    LocalDateTime.ofInstant(to, transition.getOffsetAfter()).plusHours(3);
            Map<LocalDateTime, List<ZoneOffset>> locals = new HashMap<>();
            for (LocalDateTime local = first; local.isBefore(last); local = local.plusMinutes(1)) {
                locals.put(local, rules.getValidOffsets(local));
            }
            return new Minutes(transition, rules, from, to, locals);
        }

        List<Instant> instants(Case tried, InGap inGap, InOverlap inOverlap) {
            Set<Instant> instants = new TreeSet<>();
            locals.forEach((local, offsets) -> {
                if (tried.fits().test(local)) {
                    if (tried.elapsed()) {
                        offsets.forEach(offset -> instants.add(local.toInstant(offset)));
                    } else {
                        instants.addAll(meant(local, offsets, inGap, inOverlap));
                    }
                }
            });
            return instants.stream()
                    .filter(at -> at.isAfter(from) && !at.isAfter(to))
                    .toList();
        }

        private List<Instant> meant(LocalDateTime local, List<ZoneOffset> offsets, InGap inGap, InOverlap inOverlap) {
            if (offsets.isEmpty()) {
                return inGap == InGap.SKIP
                        ? List.of()
                        : List.of(local.toInstant(rules.getTransition(local).getOffsetBefore()));
            }
            Instant first = local.toInstant(offsets.getFirst());
            Instant second = local.toInstant(offsets.getLast());
            return switch (inOverlap) {
                case FIRST -> List.of(first);
                case SECOND -> List.of(second);
                case BOTH -> List.of(first, second);
            };
        }
    }
}
