package io.sluice.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignaturesTest {

    @Test
    void standardWebhooksSignsAsItsReferenceLibrariesDo() {
        String signature = Signatures.standardWebhooks(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    /** Computed by {@code printf %s … | openssl dgst -sha256 -hmac secret -binary | base64}. */
    @Test
    void wooCommerceSignsTheBodyWithTheSecretAsItIs() {
        assertThat(Signatures.wooCommerce("secret", "{\"id\":1}"))
                .isEqualTo("A971iWIMgT8Zj9A9eWfikrFj7wQ16/Qwcc4OlRl2PLc=");
    }

    @Test
    void unleashedSignsTheEmptyTextWhenThereIsNoQuery() {
        assertThat(Signatures.unleashed("key", "")).isEqualTo("XV0TlWPJW1lnub2ajJsjOp3ttFByeUzSMtwbdIMmB9A=");
        assertThat(Signatures.unleashed("key", "pageSize=5&modifiedSince=2026-01-01"))
                .isEqualTo("UQxAL2ifWtfdhPPkotMmWzW2Tz4sdel+1KoJdWc0+KY=");
    }

    @Test
    void wordPressHashIsAnMd5Hmac() {
        assertThat(Signatures.wordPressHash("salt", "11700000000")).isEqualTo("dcd80cd5f082b0023919aae802033461");
    }
}
