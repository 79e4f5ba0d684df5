package io.sluice.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SignedCallsTest {

    private final SignedCalls calls = new SignedCalls("phase-1", "secret", List.of("/a", "/b"));

    @Test
    void eachIsAKilobyteOfJsonAndOther() {
        SignedCalls.Call first = calls.call(0);
        SignedCalls.Call later = calls.call(1_234_567);

        assertThat(first.body().length()).isEqualTo(1024).isEqualTo(later.body().length());
        assertThat(first.body()).isNotEqualTo(later.body());
        JsonNode json = Json.parse(later.body().toString());
        assertThat(json.path("id").asText()).isEqualTo(later.eventId());
        assertThat(json.path("items")).hasSize(8);
    }

    @Test
    void pathsTakeTurnsAndIdsTellTheNumber() {
        assertThat(calls.call(6).path()).isEqualTo("/a");
        assertThat(calls.call(7).path()).isEqualTo("/b");
        assertThat(SignedCalls.number(calls.call(1_234_567).eventId())).isEqualTo(1_234_567);
    }

    @Test
    void theSignatureIsThatOfTheBody() throws Exception {
        SignedCalls.Call call = calls.call(42);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));

        assertThat(call.signature())
                .isEqualTo("sha256="
                        + HexFormat.of().formatHex(mac.doFinal(call.body().getBytes())));
    }
}
