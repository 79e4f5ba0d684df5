package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.run.testsupport.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Circuit.End ANSWERED = new Circuit.End.Answered();
    private static final Circuit.End FAILED = new Circuit.End.Failed("the target answered 503");
    private static final Circuit.End UNKNOWN = new Circuit.End.Unknown();
    private static final CircuitSettings SETTINGS =
            new CircuitSettings(3, Duration.ofSeconds(10), Duration.ofSeconds(30));

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-24T05:55:00Z"));
    private final Circuit circuit = new Circuit(SETTINGS, clock, new Random(1));

    private void call(Circuit.End end) {
        circuit.ended(circuit.enter(), end);
    }

    private void open() {
        call(FAILED);
        call(FAILED);
        call(FAILED);
    }

    private HeldBack held() {
        return catchThrowableOfType(HeldBack.class, circuit::enter);
    }

    @Test
    void failuresThatFollowEachOtherOpenIt() {
        open();

        HeldBack held = held();

        assertThat(held.delay()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(13));
        assertThat(held).hasMessageContaining("2026-11-24T05:55:10Z").hasMessageContaining("answered 503");
    }

    @Test
    void answerBetweenFailuresStartsTheCountAnew() {
        call(FAILED);
        call(FAILED);
        call(ANSWERED);
        call(FAILED);
        call(FAILED);

        assertThatCode(circuit::enter).doesNotThrowAnyException();
    }

    @Test
    void callThatSaysNothingOfTheTargetLeavesTheCount() {
        call(FAILED);
        call(UNKNOWN);
        call(FAILED);
        call(UNKNOWN);
        call(FAILED);

        assertThat(held()).isNotNull();
    }

    @Test
    void lookingChangesNothing() {
        open();
        clock.advance(Duration.ofSeconds(10));

        circuit.check();
        circuit.check();

        assertThat(circuit.enter().probe()).isTrue();
    }

    @Test
    void afterThePauseOneCallProbesAndTheOthersWait() {
        open();
        clock.advance(Duration.ofSeconds(10));

        Circuit.Pass probe = circuit.enter();

        assertThat(probe.probe()).isTrue();
        assertThat(held().delay()).isLessThan(Duration.ofSeconds(4));
        circuit.ended(probe, ANSWERED);
        assertThat(circuit.enter().probe()).isFalse();
    }

    @Test
    void probeInVainDoublesThePauseUpToItsBound() {
        open();
        for (int seconds : new int[] {20, 30, 30}) {
            clock.advance(Duration.ofSeconds(30));
            call(FAILED);
            assertThat(held().delay())
                    .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1_250L + 500));
        }
    }

    @Test
    void probeThatSaysNothingLetsTheNextOneProbe() {
        open();
        clock.advance(Duration.ofSeconds(10));
        call(UNKNOWN);

        assertThat(circuit.enter().probe()).isTrue();
    }

    @Test
    void whatBeganBeforeItOpenedNeitherClosesNorProlongsIt() {
        Circuit.Pass slow = circuit.enter();
        Circuit.Pass slower = circuit.enter();
        open();
        circuit.ended(slow, ANSWERED);
        circuit.ended(slower, FAILED);

        assertThat(held().delay()).isLessThan(Duration.ofSeconds(13));
        clock.advance(Duration.ofSeconds(10));
        assertThat(circuit.enter().probe()).isTrue();
    }

    @Test
    void targetThatAsksForAPauseGetsItAtOnce() {
        call(new Circuit.End.Busy(Duration.ofMinutes(2), "the target answered 429"));

        assertThat(held().delay()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
        clock.advance(Duration.ofMinutes(2));
        assertThat(circuit.enter().probe()).isTrue();
    }

    @Test
    void probeThatIsAskedForNoPauseLeavesTheNextCallToTry() {
        open();
        clock.advance(Duration.ofSeconds(10));

        call(new Circuit.End.Busy(Duration.ZERO, "the target answered 429"));

        assertThat(circuit.enter().probe()).isTrue();
    }

    @Test
    void shorterWishDoesNotShortenALongerOne() {
        Circuit.Pass other = circuit.enter();
        call(new Circuit.End.Busy(Duration.ofMinutes(2), "the target answered 429"));
        circuit.ended(other, new Circuit.End.Busy(Duration.ofSeconds(1), "the target answered 429"));

        assertThat(held().delay()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void switchedOffItStaysClosed() {
        Circuit off = new Circuit(CircuitSettings.OFF, clock, new Random(1));
        for (int i = 0; i < 100; i++) {
            off.ended(off.enter(), FAILED);
        }
        off.ended(off.enter(), new Circuit.End.Busy(Duration.ofMinutes(2), "the target answered 429"));

        assertThatCode(off::enter).doesNotThrowAnyException();
    }
}
