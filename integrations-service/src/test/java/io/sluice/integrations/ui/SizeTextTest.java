package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTextTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 1_024, 524_288, 1_048_576, 10_485_760, 1_048_577})
    void readsBackWhatItWrites(int bytes) {
        assertThat(SizeText.read(SizeText.exact(bytes))).isEqualTo(bytes);
    }

    @Test
    void readsWhatPeopleWrite() {
        assertThat(SizeText.read("2 MB")).isEqualTo(2 * 1024 * 1024);
        assertThat(SizeText.read("64k")).isEqualTo(64 * 1024);
        assertThat(SizeText.read("9999999999 MiB")).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> SizeText.read("much")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roundsForReading() {
        assertThat(SizeText.rounded(900)).isEqualTo("900 B");
        assertThat(SizeText.rounded(1_229)).isEqualTo("1.2 KiB");
        assertThat(SizeText.rounded(3 * 1024 * 1024)).isEqualTo("3.0 MiB");
    }
}
