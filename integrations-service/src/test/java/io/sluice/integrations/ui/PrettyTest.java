package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyTest {

    @Test
    void jsonIsIndented() {
        assertThat(Pretty.text("{\"a\":[1,{\"b\":null}]}")).isEqualTo("""
                {
                  "a": [
                    1,
                    {
                      "b": null
                    }
                  ]
                }""");
    }

    @Test
    void numbersStayAsTheyWereWritten() {
        assertThat(Pretty.text("[1.10,0.12345678901234567890,12345678901234567890]"))
                .contains("1.10,", "0.12345678901234567890,", "12345678901234567890");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "{\"cut\":\"of", "{\"one\":1}\n{\"two\":2}", "<h1>Busy</h1>", "[not json]"})
    void anythingElseStaysAsItIs(String body) {
        assertThat(Pretty.text(body)).isEqualTo(body);
    }
}
