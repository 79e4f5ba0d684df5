package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    private static final Masking OF_A_SECRET = new Masking(List.of("k3y+/ \"secret\\=="));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k3y+/ \"secret\\==",
                "k3y%2B%2F+%22secret%5C%3D%3D",
                "k3y%2B%2F%20%22secret%5C%3D%3D",
                "k3y+/ \\\"secret\\\\=="
            })
    void secretIsMaskedInEachFormThatItIsSentIn(String form) {
        assertThat(OF_A_SECRET.text("a " + form + " z")).isEqualTo("a " + Masking.MASK + " z");
    }

    @Test
    void longerSecretIsMaskedBeforeTheOneItBeginsWith() {
        assertThat(new Masking(List.of("secret", "secret-of-the-shop")).text("secret-of-the-shop"))
                .isEqualTo(Masking.MASK);
    }

    @Test
    void veryShortSecretDoesNotHideHalfTheLog() {
        assertThat(new Masking(List.of("abc")).text("abcdef")).isEqualTo("abcdef");
    }

    @ParameterizedTest
    @CsvSource({"access_token", "refreshToken", "password", "client_secret", "x-api-key", "privateKey", "Authorization"
    })
    void fieldKnownByItsNameIsMasked(String field) {
        String body = "{\"" + field + "\": \"a\\\"b\", \"id\": \"7\"}";

        assertThat(new Masking(List.of()).body(body))
                .isEqualTo("{\"" + field + "\": \"" + Masking.MASK + "\", \"id\": \"7\"}");
    }

    @Test
    void fieldOfHalfAMillionCharactersIsMasked() {
        String body = "{\"access_token\": \"" + "a".repeat(500_000) + "\"}";

        assertThat(new Masking(List.of()).body(body)).isEqualTo("{\"access_token\": \"" + Masking.MASK + "\"}");
    }

    @Test
    void schemeOfAnAuthorizationStaysReadable() {
        assertThat(new Masking(List.of()).headers(Map.of("Authorization", "Bearer abc")))
                .containsEntry("Authorization", "Bearer " + Masking.MASK);
    }

    @ParameterizedTest
    @CsvSource({"access_token", "api_key", "apikey", "client_secret", "X-Amz-Signature", "token", "sig", "password"})
    void parameterKnownByItsNameIsMasked(String parameter) {
        assertThat(new Masking(List.of()).url("https://shop.example/a?page=2&" + parameter + "=zzz&n=1#end"))
                .isEqualTo("https://shop.example/a?page=2&" + parameter + "=" + Masking.MASK + "&n=1#end");
    }

    @ParameterizedTest
    @CsvSource({"page_token", "nextPageToken", "cursor", "keyword", "design"})
    void parameterThatOnlySoundsAlikeStaysReadable(String parameter) {
        String url = "https://shop.example/a?" + parameter + "=zzz";

        assertThat(new Masking(List.of()).url(url)).isEqualTo(url);
    }

    @Test
    void fieldOfAFormIsMasked() {
        assertThat(new Masking(List.of()).form("client_secret=zzz&grant_type=x"))
                .isEqualTo("client_secret=" + Masking.MASK + "&grant_type=x");
    }

    @Test
    void headerIsMaskedByTheNameThatIsSecretForOnce() {
        assertThat(new Masking(List.of(), java.util.Set.of("X-Sign")).headers(Map.of("x-sign", "abc", "x-other", "d")))
                .containsEntry("x-sign", Masking.MASK)
                .containsEntry("x-other", "d");
    }
}
