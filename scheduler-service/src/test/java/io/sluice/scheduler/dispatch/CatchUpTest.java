package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import io.sluice.run.schedule.CatchUpPolicy;
import io.sluice.scheduler.schedule.Clockwork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatchUpTest {

    private static final Instant START = Instant.parse("2026-11-24T05:55:00Z");

    @Test
    void instantThatIsDueIsFiredAndTheNextFollows() {
        CatchUp plan = plan(every("PT7M"), START, START.plusMillis(20), "last");

        assertThat(plan.missed()).isEmpty();
        assertThat(plan.fire()).contains(START);
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(7)));
    }

    @Test
    void afterADowntimeTheLastIsFiredAndTheOthersWereMissed() {
        CatchUp plan = plan(every("PT7M"), START, START.plus(Duration.ofMinutes(20)), "last");

        assertThat(plan.missed()).containsExactly(START, START.plus(Duration.ofMinutes(7)));
        assertThat(plan.fire()).contains(START.plus(Duration.ofMinutes(14)));
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(21)));
    }

    @Test
    void lastIsWhatHappensWithoutAPolicy() {
        CatchUp plan = plan(every("PT1H"), START, START.plus(Duration.ofMinutes(30)), null);

        assertThat(plan.fire()).contains(START);
    }

    @Test
    void policyNoneFiresNothingThatIsLate() {
        CatchUp plan = plan(every("PT7M"), START, START.plus(Duration.ofMinutes(16)), "none");

        assertThat(plan.missed())
                .containsExactly(START, START.plus(Duration.ofMinutes(7)), START.plus(Duration.ofMinutes(14)));
        assertThat(plan.fire()).isEmpty();
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(21)));
    }

    @Test
    void policyNoneFiresWhatIsOnTime() {
        CatchUp plan = plan(every("PT7M"), START, START.plusSeconds(7 * 60 + 2), "none");

        assertThat(plan.missed()).containsExactly(START);
        assertThat(plan.fire()).contains(START.plus(Duration.ofMinutes(7)));
    }

    @Test
    void instantOnTheVeryMomentIsFiredOnce() {
        Instant now = START.plus(Duration.ofMinutes(14));

        CatchUp plan = plan(every("PT7M"), START, now, "last");

        assertThat(plan.fire()).contains(now);
        assertThat(plan.next()).contains(now.plus(Duration.ofMinutes(7)));
    }

    @Test
    void longDowntimeOfADenseScheduleIsBoundedAndEndsWithTheRealLast() {
        Instant now = START.plus(Duration.ofDays(30)).plusMillis(400);

        CatchUp plan = plan(every("PT1S"), START, now, "last");

        assertThat(plan.fire()).contains(START.plus(Duration.ofDays(30)));
        assertThat(plan.missed()).hasSize(100).isSorted();
        assertThat(plan.older()).hasValueSatisfying(range -> {
            assertThat(range.first()).isEqualTo(START);
            assertThat(range.last()).isEqualTo(plan.missed().getFirst().minusSeconds(1));
            assertThat(range.count()).as("too many to be counted").isNull();
        });
        assertThat(plan.next()).contains(START.plus(Duration.ofDays(30)).plusSeconds(1));
    }

    @Test
    void sixHoursOfADenseScheduleAreCounted() {
        Instant now = START.plus(Duration.ofHours(6));

        CatchUp plan = plan(every("PT1S"), START, now, "none");

        assertThat(plan.fire()).as("on time").contains(now);
        assertThat(plan.missed()).hasSize(100);
        assertThat(plan.older().orElseThrow().count()).isEqualTo(6 * 3_600 - 100);
    }

    @Test
    void allAreCaughtUpWithinTheWindowAndTheNumber() {
        Instant now = START.plus(Duration.ofHours(6));

        CatchUpPolicy terms = policy("all", Duration.ofHours(2), 10);
        CatchUp plan = CatchUp.of(clockwork(every("PT10M")), START, now, terms);

        assertThat(plan.fire()).contains(now.minus(Duration.ofMinutes(90)));
        assertThat(plan.later()).hasSize(9).isSorted().endsWith(now);
        assertThat(plan.missed()).hasSize(37 - 10).isSorted().startsWith(START);
        assertThat(plan.older()).isEmpty();
    }

    @Test
    void whatIsOlderThanTheWindowStaysMissedHoweverFewThereAre() {
        CatchUpPolicy terms = policy("all", Duration.ofMinutes(5), 10);

        CatchUp plan = CatchUp.of(clockwork(every("PT1H")), START, START.plus(Duration.ofMinutes(30)), terms);

        assertThat(plan.fire()).isEmpty();
        assertThat(plan.missed()).containsExactly(START);
    }

    @Test
    void jitterIsNoDelay() {
        ScheduleSettings settings = Json.parse(
                "{\"activateOn\": \"%s\", \"zone\": \"UTC\", \"every\": \"PT1H\", \"jitter\": \"PT30M\"}"
                        .formatted(START),
                ScheduleSettings.class);
        Clockwork clockwork = clockwork(settings);
        Instant due = clockwork.dueAt(START);

        CatchUp plan = CatchUp.of(clockwork, START, due, clockwork.catchUp("none"));

        assertThat(due).isAfter(START.plus(Duration.ofMinutes(1)));
        assertThat(plan.fire()).contains(START);
    }

    @Test
    void excludedInstantsAreToldAndCounted() {
        ScheduleSettings settings = Json.parse(
                ("{\"activateOn\": \"%s\", \"zone\": \"UTC\", \"every\": \"PT1M\","
                                + " \"excluded\": [{\"from\": \"2026-11-24T06:00\", \"to\": \"2026-11-24T08:59\"}]}")
                        .formatted(START),
                ScheduleSettings.class);

        CatchUp plan = plan(settings, START, Instant.parse("2026-11-24T09:00:00Z"), "last");

        assertThat(plan.leftOut()).hasSize(100).allMatch(left -> left.reason().equals("excluded"));
        assertThat(plan.leftOutOlder().orElseThrow().count()).isEqualTo(80);
        assertThat(plan.missed()).hasSize(5);
        assertThat(plan.fire()).contains(Instant.parse("2026-11-24T09:00:00Z"));
    }

    @Test
    void instantThatTheRuleDoesNotKnowAnyMoreIsFiredAllTheSame() {
        Instant odd = START.plusSeconds(17);

        CatchUp plan = plan(every("PT7M"), odd, odd.plusMillis(5), "last");

        assertThat(plan.fire()).contains(odd);
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(7)));
    }

    @Test
    void longDowntimeOfASparseScheduleCountsEveryInstant() {
        Instant now = START.plus(Duration.ofDays(500));

        CatchUp plan = plan(every("P1D"), START, now, "last");

        assertThat(plan.missed()).hasSize(100);
        assertThat(plan.older()).contains(new CatchUp.Range(START, START.plus(Duration.ofDays(399)), 400L));
        assertThat(plan.fire()).contains(now);
    }

    @Test
    void cronIsCaughtUpToo() {
        ScheduleSettings spec =
                new ScheduleSettings(true, START.toString(), "UTC", null, null, "0 9 * * *", null, null);
        Instant first = Instant.parse("2026-11-24T09:00:00Z");

        CatchUp plan = plan(spec, first, Instant.parse("2026-11-26T12:00:00Z"), "last");

        assertThat(plan.missed()).containsExactly(first, Instant.parse("2026-11-25T09:00:00Z"));
        assertThat(plan.fire()).contains(Instant.parse("2026-11-26T09:00:00Z"));
        assertThat(plan.next()).contains(Instant.parse("2026-11-27T09:00:00Z"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noInstantIsLostOrTwice(long seed) {
        Random random = new Random(seed);
        Duration interval = Duration.ofSeconds(1 + random.nextInt(10_000));
        Instant now = START.plusMillis(random.nextLong(interval.toMillis() * 900));
        List<String> policies = List.of("last", "none");

        CatchUp plan = plan(every(interval.toString()), START, now, policies.get(random.nextInt(policies.size())));

        long all = Duration.between(START, now).dividedBy(interval) + 1;
        long older = plan.older().map(CatchUp.Range::count).orElse(0L);
        assertThat(older + plan.missed().size() + (plan.fire().isPresent() ? 1 : 0))
                .as("seed %s", seed)
                .isEqualTo(all);
        assertThat(plan.missed()).doesNotHaveDuplicates().isSorted();
        plan.fire().ifPresent(at -> assertThat(plan.missed()).doesNotContain(at));
        assertThat(plan.next()).contains(START.plus(interval.multipliedBy(all)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    private static ScheduleSettings every(String interval) {
        return new ScheduleSettings(true, START.toString(), "UTC", Duration.parse(interval), null, null, null, null);
    }

    private static Clockwork clockwork(ScheduleSettings settings) {
        return Clockwork.of(new UUID(1, 1), settings, START);
    }

    private static CatchUp plan(ScheduleSettings settings, Instant due, Instant now, @Nullable String policy) {
        Clockwork clockwork = clockwork(settings);
        return CatchUp.of(clockwork, due, now, clockwork.catchUp(policy));
    }

    private static CatchUpPolicy policy(String word, Duration window, int most) {
        return new CatchUpPolicy(
                CatchUpPolicy.Kind.valueOf(word.toUpperCase(java.util.Locale.ROOT)),
                window,
                most,
                Duration.ofSeconds(1));
    }
}
