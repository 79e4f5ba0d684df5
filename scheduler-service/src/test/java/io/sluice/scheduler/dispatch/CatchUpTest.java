package io.sluice.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.schedule.ScheduleSpec;
import io.sluice.scheduler.schedule.ScheduleSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatchUpTest {

    private static final Instant START = Instant.parse("2026-11-24T05:55:00Z");

    @Test
    void instantThatIsDueIsFiredAndTheNextFollows() {
        CatchUp plan = CatchUp.of(every("PT7M"), START, START.plusMillis(20), "last");

        assertThat(plan.missed()).isEmpty();
        assertThat(plan.fire()).contains(START);
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(7)));
    }

    @Test
    void afterADowntimeTheLastIsFiredAndTheOthersWereMissed() {
        CatchUp plan = CatchUp.of(every("PT7M"), START, START.plus(Duration.ofMinutes(20)), "last");

        assertThat(plan.missed()).containsExactly(START, START.plus(Duration.ofMinutes(7)));
        assertThat(plan.fire()).contains(START.plus(Duration.ofMinutes(14)));
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(21)));
    }

    @Test
    void lastIsWhatHappensWithoutAPolicy() {
        CatchUp plan = CatchUp.of(every("PT1H"), START, START.plus(Duration.ofMinutes(30)), null);

        assertThat(plan.fire()).contains(START);
    }

    @Test
    void policyNoneFiresNothingThatIsLate() {
        CatchUp plan = CatchUp.of(every("PT7M"), START, START.plus(Duration.ofMinutes(16)), "none");

        assertThat(plan.missed())
                .containsExactly(START, START.plus(Duration.ofMinutes(7)), START.plus(Duration.ofMinutes(14)));
        assertThat(plan.fire()).isEmpty();
        assertThat(plan.next()).contains(START.plus(Duration.ofMinutes(21)));
    }

    @Test
    void policyNoneFiresWhatIsOnTime() {
        CatchUp plan = CatchUp.of(every("PT7M"), START, START.plusSeconds(7 * 60 + 2), "none");

        assertThat(plan.missed()).containsExactly(START);
        assertThat(plan.fire()).contains(START.plus(Duration.ofMinutes(7)));
    }

    @Test
    void instantOnTheVeryMomentIsFiredOnce() {
        Instant now = START.plus(Duration.ofMinutes(14));

        CatchUp plan = CatchUp.of(every("PT7M"), START, now, "last");

        assertThat(plan.fire()).contains(now);
        assertThat(plan.next()).contains(now.plus(Duration.ofMinutes(7)));
    }

    @Test
    void longDowntimeOfADenseScheduleIsBoundedAndEndsWithTheRealLast() {
        Instant now = START.plus(Duration.ofDays(30)).plusMillis(400);

        CatchUp plan = CatchUp.of(every("PT1S"), START, now, "last");

        assertThat(plan.fire()).contains(START.plus(Duration.ofDays(30)));
        assertThat(plan.missed()).hasSizeLessThanOrEqualTo(1_001).isSorted();
        assertThat(plan.next()).contains(START.plus(Duration.ofDays(30)).plusSeconds(1));
    }

    @Test
    void longDowntimeOfASparseScheduleKeepsEveryInstant() {
        Instant now = START.plus(Duration.ofDays(500));

        CatchUp plan = CatchUp.of(every("P1D"), START, now, "last");

        assertThat(plan.missed()).hasSize(500);
        assertThat(plan.fire()).contains(now);
    }

    @Test
    void cronIsCaughtUpToo() {
        ScheduleSpec spec = ScheduleSink.spec(
                new ScheduleSettings(true, START.toString(), "UTC", null, null, "0 9 * * *", null, null), START);
        Instant first = Instant.parse("2026-11-24T09:00:00Z");

        CatchUp plan = CatchUp.of(spec, first, Instant.parse("2026-11-26T12:00:00Z"), "last");

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

        CatchUp plan =
                CatchUp.of(every(interval.toString()), START, now, policies.get(random.nextInt(policies.size())));

        long all = Duration.between(START, now).dividedBy(interval) + 1;
        assertThat(plan.missed().size() + (plan.fire().isPresent() ? 1 : 0))
                .as("seed %s", seed)
                .isEqualTo((int) all);
        assertThat(plan.missed()).doesNotHaveDuplicates().isSorted();
        plan.fire().ifPresent(at -> assertThat(plan.missed()).doesNotContain(at));
        assertThat(plan.next()).contains(START.plus(interval.multipliedBy(all)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    private static ScheduleSpec every(String interval) {
        return ScheduleSink.spec(
                new ScheduleSettings(true, START.toString(), "UTC", Duration.parse(interval), null, null, null, null),
                START);
    }
}
