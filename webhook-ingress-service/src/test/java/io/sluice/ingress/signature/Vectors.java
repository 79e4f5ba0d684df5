package io.sluice.ingress.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.run.expression.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the vendors' libraries signed and judged: see {@code src/test/vectors}. */
final class Vectors {

    static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

    private static final Path FOLDER = Path.of("src/test/resources/vectors");

    private Vectors() {}

    record Vector(String name, Verification verification, List<String> secrets, SignedCall call, boolean valid) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Vector> all() {
        List<Vector> vectors = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path path : files.sorted().toList()) {
                JsonNode file = Json.parse(Files.readString(path));
                List<String> secrets = new ArrayList<>();
                file.path("secrets").forEach(secret -> secrets.add(secret.asText()));
                Verification verification = Json.parse(file.path("verification").toString(), Verification.class);
                for (JsonNode one : file.path("cases")) {
                    String name = file.path("scheme").asText() + ": "
                            + one.path("title").asText();
                    vectors.add(new Vector(
                            name,
                            verification,
                            secrets,
                            call(one),
                            one.path("valid").asBoolean()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return vectors;
    }

    private static SignedCall call(JsonNode one) {
        Map<String, List<String>> headers = new HashMap<>();
        one.path("headers")
                .properties()
                .forEach(header ->
                        headers.put(header.getKey(), List.of(header.getValue().asText())));
        return new SignedCall(
                one.path("method").asText(),
                one.path("url").asText(),
                headers,
                Base64.getDecoder().decode(one.path("body").asText()));
    }
}
