package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P7D",
                "PT1H",
                "PT1M",
                "PT90S",
                "PT2.5S",
                "PT0.1S",
                "P400D",
                "PT0S",
                "P1DT2H3M4.567S",
                "PT0.0001S"
            })
    void readsBackWhatItWrites(String iso) {
        Duration duration = Duration.parse(iso);

        assertThat(DurationText.read(DurationText.words(duration))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "7 days, P7D",
        "1h 30m, PT1H30M",
        "90 Seconds, PT90S",
        "500ms, PT0.5S",
        "1 day and a half, ",
        "pt5s, PT5S",
    })
    void readsWhatPeopleWrite(String text, @Nullable String iso) {
        if (iso == null) {
            assertThatThrownBy(() -> DurationText.read(text)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(DurationText.read(text)).isEqualTo(Duration.parse(iso));
        }
    }

    @Test
    void writesWords() {
        assertThat(DurationText.words(Duration.ofMinutes(61))).isEqualTo("1 hour 1 minute");
        assertThat(DurationText.words(Duration.ofMillis(2_500))).isEqualTo("2 seconds 500 milliseconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "5", "5 parsecs", "-1 day", "pt", "1 day 2"})
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> DurationText.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
