package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.Step;
import io.sluice.contract.run.TriggerKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant BEGUN = Instant.parse("2026-11-24T05:00:00Z");

    private final Timeline tenSeconds = new Timeline(BEGUN, BEGUN.plusSeconds(10));

    @Test
    void aBarIsTheStepsShareOfTheTime() {
        assertThat(tenSeconds.bar(BEGUN.plusSeconds(2), 3_000)).isEqualTo(new Timeline.Bar(200, 300));
    }

    @Test
    void whatIsShortCanStillBeSeen() {
        assertThat(tenSeconds.bar(BEGUN, 1)).isEqualTo(new Timeline.Bar(0, Timeline.SHORTEST));
        assertThat(tenSeconds.bar(BEGUN.plusSeconds(10), 0))
                .isEqualTo(new Timeline.Bar(Timeline.LENGTH - Timeline.SHORTEST, Timeline.SHORTEST));
    }

    @Test
    void noBarLeavesTheLine() {
        assertThat(tenSeconds.bar(BEGUN.minusSeconds(5), 60_000)).isEqualTo(new Timeline.Bar(0, Timeline.LENGTH));
        assertThat(tenSeconds.bar(BEGUN.plusSeconds(50), 1_000).x()).isEqualTo(Timeline.LENGTH - Timeline.SHORTEST);
    }

    @Test
    void aRunThatTookNoTimeHasALine() {
        Timeline none = new Timeline(BEGUN, BEGUN);

        assertThat(none.bar(BEGUN, 0)).isEqualTo(new Timeline.Bar(0, Timeline.SHORTEST));
    }

    @Test
    void theLineOfAnOpenRunEndsNow() {
        Instant now = BEGUN.plusSeconds(30);

        assertThat(Timeline.of(run(null, step(BEGUN.plusSeconds(1), 1_000, null)), now))
                .isEqualTo(new Timeline(BEGUN, now));
    }

    @Test
    void stepsOfAnotherRunDoNotStretchIt() {
        Instant end = BEGUN.plusSeconds(4);

        assertThat(Timeline.of(run(end, step(BEGUN.minusSeconds(86_400), 1_000, true)), end.plusSeconds(60)))
                .isEqualTo(new Timeline(BEGUN, end));
    }

    private static Run run(@Nullable Instant endedAt, Step step) {
        return new Run(
                UUID.randomUUID(),
                UUID.randomUUID(),
                TriggerKind.WEBHOOK,
                endedAt == null ? RunStatus.RUNNING : RunStatus.SUCCEEDED,
                1,
                BEGUN,
                BEGUN,
                endedAt,
                null,
                null,
                null,
                "library/webhook-to-http:1.0.0",
                null,
                null,
                null,
                null,
                null,
                List.of(step));
    }

    private static Step step(Instant startedAt, long durationMillis, @Nullable Boolean reused) {
        return new Step(
                1,
                "/do/0/a",
                "/do/0/a#1",
                "a",
                "set",
                "succeeded",
                1,
                startedAt,
                durationMillis,
                reused,
                null,
                null,
                null);
    }
}
