package io.sluice.run.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.expression.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissedInstantsTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant SIX_HOURS_LATER = Instant.parse("2026-11-01T06:00:00Z");

    private static MissedInstants missed(String options, Instant now) {
        ScheduleSettings settings = Json.parse(
                ("{'every': 'PT1H', 'activateOn': '2026-10-01T00:00:00Z'" + options + "}").replace('\'', '"'),
                ScheduleSettings.class);
        return MissedInstants.of(ScheduleRules.stored(settings, START), START, now, CatchUpPolicy.of(settings));
    }

    private static List<String> fired(MissedInstants missed) {
        return missed.fire().stream().map(fire -> fire.at().toString()).toList();
    }

    @Test
    void noneFiresNothing() {
        MissedInstants missed = missed(", 'catchUp': 'none'", SIX_HOURS_LATER);

        assertThat(missed.fire()).isEmpty();
        assertThat(missed.missed()).isEqualTo(6);
    }

    @Test
    void lastIsTheDefaultAndFiresTheNewest() {
        MissedInstants missed = missed("", SIX_HOURS_LATER);

        assertThat(fired(missed)).containsExactly("2026-11-01T06:00:00Z");
        assertThat(missed.missed()).isEqualTo(5);
    }

    @Test
    void allFiresEachOfTheLastDay() {
        MissedInstants missed = missed(", 'catchUp': 'all'", START.plusSeconds(86_400 * 3));

        assertThat(missed.fire()).hasSize(25);
        assertThat(fired(missed).getFirst()).isEqualTo("2026-11-03T00:00:00Z");
        assertThat(missed.missed()).isEqualTo(72 - 25);
    }

    @Test
    void atMostSoManyAreFiredAndThoseAreTheNewest() {
        MissedInstants missed = missed(", 'catchUp': 'all', 'catchUpMost': 2", SIX_HOURS_LATER);

        assertThat(fired(missed)).containsExactly("2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z");
        assertThat(missed.missed()).isEqualTo(4);
    }

    @Test
    void olderThanTheWindowIsMissed() {
        MissedInstants missed =
                missed(", 'catchUp': 'last', 'catchUpWindow': 'PT30M'", SIX_HOURS_LATER.plusSeconds(2_400));

        assertThat(missed.fire()).isEmpty();
        assertThat(missed.missed()).isEqualTo(6);
    }

    @Test
    void nothingWasMissedWhenNothingWasDue() {
        MissedInstants missed = missed("", START.plusSeconds(60));

        assertThat(missed.fire()).isEmpty();
        assertThat(missed.missed()).isZero();
    }

    @Test
    void longPauseOfAFrequentRuleIsNotCountedToItsEnd() {
        ScheduleSettings settings = Json.parse(
                "{\"every\": \"PT1S\", \"catchUp\": \"all\", \"catchUpWindow\": \"P365D\"}", ScheduleSettings.class);
        Instant now = START.plusSeconds(300 * 86_400L);
        MissedInstants missed =
                MissedInstants.of(ScheduleRules.stored(settings, START), START, now, CatchUpPolicy.of(settings));

        assertThat(missed.isLeast()).isTrue();
        assertThat(missed.missed()).isEqualTo(100_000);
        assertThat(missed.fire())
                .hasSize(100)
                .last()
                .extracting(NextInstant.Fire::at)
                .isEqualTo(now);
    }

    @Test
    void lastOneBeforeALongSilenceIsFoundAtOnce() {
        ScheduleSettings settings = Json.parse(
                "{\"every\": \"PT1S\", \"activateOn\": \"2001-01-01T00:00:00Z\", \"until\": \"2010-05-05T05:05:05Z\"}",
                ScheduleSettings.class);
        Instant since = Instant.parse("2002-01-01T00:00:00Z");
        MissedInstants missed =
                MissedInstants.of(ScheduleRules.stored(settings, since), since, START, CatchUpPolicy.of(settings));

        assertThat(fired(missed)).containsExactly("2010-05-05T05:05:05Z");
    }

    @Test
    void theyAreSpreadOut() {
        CatchUpPolicy policy = CatchUpPolicy.of(
                Json.parse("{\"catchUp\": \"all\", \"catchUpEvery\": \"PT5S\"}", ScheduleSettings.class));

        assertThat(MissedInstants.startOf(0, START, policy)).isEqualTo(START);
        assertThat(MissedInstants.startOf(3, START, policy)).isEqualTo(START.plusSeconds(15));
    }
}
