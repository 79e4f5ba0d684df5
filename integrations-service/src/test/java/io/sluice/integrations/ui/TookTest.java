package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TookTest {

    @ParameterizedTest
    @CsvSource({
        "-5, 0 ms",
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "6290, 6.2 s",
        "59999, 59.9 s",
        "60000, 1 min 0 s",
        "3599999, 59 min 59 s",
        "3600000, 1 h 0 min",
        "90000000, 25 h 0 min"
    })
    void itIsSaidInFewWords(long millis, String words) {
        assertThat(Took.words(millis)).isEqualTo(words);
    }
}
