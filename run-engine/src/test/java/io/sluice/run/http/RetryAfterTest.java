package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-24T05:55:00Z");

    @ParameterizedTest
    @CsvSource({
        "120,PT2M",
        "' 7 ',PT7S",
        "0,PT0S",
        "999999999,PT24H",
        "'Tue, 24 Nov 2026 05:56:30 GMT',PT1M30S",
        "'Tue, 24 Nov 2026 05:00:00 GMT',PT0S",
        "'Fri, 24 Nov 2028 05:00:00 GMT',PT24H"
    })
    void secondsOrADateSayHowLongToWait(String header, Duration wait) {
        assertThat(RetryAfter.of(header, NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999", "2026-11-24T05:56:30Z"})
    void whatCannotBeReadIsNoWish(String header) {
        assertThat(RetryAfter.of(header, NOW)).isEmpty();
    }

    @Test
    void noHeaderIsNoWish() {
        assertThat(RetryAfter.of(null, NOW)).isEmpty();
    }
}
