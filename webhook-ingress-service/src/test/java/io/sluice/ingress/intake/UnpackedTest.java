package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackedTest {

    private static final int MOST = 10 * 1024 * 1024;

    private final Admission admission =
            new Admission(Workbench.config("calls-in-flight", "10", "bytes-in-flight", "1M"));

    @Test
    void memoryIsTakenAsTheBodyGrowsAndNotBeyondWhatThereIs() {
        Admission.Ticket place = admission.enter(UUID.randomUUID());

        Unpacked unpacked = Unpacked.of(gzipped("x".repeat(MOST)), MOST, place);

        assertThat(unpacked).isInstanceOf(Unpacked.NoRoom.class);
        assertThat(admission.bytesInFlight()).isLessThanOrEqualTo(1024 * 1024);
    }

    @Test
    void documentThatBecomesOfItIsChargedBeforeItIsMade() {
        Admission.Ticket place = admission.enter(UUID.randomUUID());
        String body = "{\"a\":[" + "{},".repeat(1_000) + "{}]}";

        Unpacked unpacked = Unpacked.of(gzipped(body), MOST, place);

        assertThat(unpacked).isInstanceOf(Unpacked.Plain.class);
        // An object takes some fifty bytes at least, whatever its text.
        assertThat(admission.bytesInFlight()).isGreaterThan(2L * body.length() + 50_000);
    }

    private static IncomingCall gzipped(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new IncomingCall(
                "POST",
                "https://hooks.example.org/webhook/t",
                "",
                Map.of("content-encoding", List.of("gzip"), "content-type", List.of("application/json")),
                packed.toByteArray(),
                null,
                Instant.EPOCH);
    }
}
