package io.sluice.run.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.integration.RetryPolicy;
import io.sluice.contract.run.RunError;
import io.sluice.run.step.StepFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryRuleTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final RunError BUSY = error("http-status", 503);
    private static final RunError INTERNAL = error("internal", 500);

    private static RunError error(String code, int status) {
        return new RunError(code, status, "no", null, null);
    }

    private static StepFailure failure(RunError error, boolean retriable, @Nullable Duration retryAfter) {
        return new StepFailure(error, retriable, retryAfter, null);
    }

    private static RetryRule own(@Nullable Integer attempts, @Nullable Duration longest, @Nullable List<String> on) {
        return RetryRule.of(new RetryPolicy(attempts, null, longest, on), 3, SECOND);
    }

    @Test
    void deploymentsRuleHoldsWhereTheIntegrationSaysNothing() {
        RetryRule rule = RetryRule.of(null, 3, SECOND);

        assertThat(rule.pause(1, failure(BUSY, true, null))).contains(SECOND);
        assertThat(rule.pause(2, failure(BUSY, true, null))).contains(Duration.ofSeconds(2));
        assertThat(rule.pause(3, failure(BUSY, true, null))).isEmpty();
        assertThat(rule.pause(1, failure(BUSY, false, null))).isEmpty();
    }

    @Test
    void integrationsRuleWinsWhereItSaysSomething() {
        RetryRule rule = RetryRule.of(new RetryPolicy(5, Duration.ofMillis(100), null, null), 3, SECOND);

        assertThat(rule.pause(4, failure(BUSY, true, null))).contains(Duration.ofMillis(800));
        assertThat(rule.pause(5, failure(BUSY, true, null))).isEmpty();
    }

    @Test
    void oneAttemptMeansNoSecond() {
        assertThat(own(1, null, null).pause(1, failure(BUSY, true, null))).isEmpty();
        assertThat(own(1, null, null).pause(1, INTERNAL)).isEmpty();
    }

    @Test
    void pauseGrowsUpToTheLongest() {
        RetryRule rule = own(20, Duration.ofSeconds(5), null);

        assertThat(List.of(1, 2, 3, 4, 19))
                .extracting(attempt -> rule.pause(attempt, failure(BUSY, true, null))
                        .orElseThrow()
                        .toSeconds())
                .containsExactly(1L, 2L, 4L, 5L, 5L);
    }

    @Test
    void pauseOfManyAttemptsDoesNotOverflow() {
        RetryRule rule = RetryRule.of(null, 1_000, Duration.ofDays(1));

        assertThat(rule.pause(999, failure(BUSY, true, null))).contains(Duration.ofHours(1));
    }

    @Test
    void whatTheTargetAsksForIsKeptWhereItIsLonger() {
        RetryRule rule = own(null, Duration.ofSeconds(5), null);

        assertThat(rule.pause(1, failure(BUSY, true, Duration.ofMinutes(2)))).contains(Duration.ofMinutes(2));
        assertThat(rule.pause(1, failure(BUSY, true, Duration.ofMillis(2)))).contains(SECOND);
    }

    @ParameterizedTest
    @CsvSource({
        "http-status, 503, 503, true",
        "http-status, 503, 5xx, true",
        "http-status, 503, 4xx, false",
        "http-status, 404, 4xx, true",
        "http-status, 429, 503, false",
        "timeout, 408, timeout, true",
        "timeout, 408, 4xx, false",
        "communication, 500, communication, true",
        "communication, 500, 5xx, false",
        "internal, 500, internal, true",
        "internal, 500, 500, false"
    })
    void ownListDecidesWhatMayPass(String code, int status, String word, boolean again) {
        RetryRule rule = own(null, null, List.of(word));

        assertThat(rule.pause(1, failure(error(code, status), !again, null)).isPresent())
                .isEqualTo(again);
        assertThat(rule.pause(1, error(code, status)).isPresent()).isEqualTo(again);
    }

    @Test
    void emptyListMeansThatNothingPasses() {
        assertThat(own(null, null, List.of()).pause(1, failure(BUSY, true, null)))
                .isEmpty();
    }

    @Test
    void faultOfOursIsTriedAgainWhereTheIntegrationSaysNothing() {
        assertThat(RetryRule.of(null, 3, SECOND).pause(1, INTERNAL)).contains(SECOND);
    }
}
