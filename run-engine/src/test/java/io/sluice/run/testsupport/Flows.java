package io.sluice.run.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Documents that several tests use. */
public final class Flows {

    private Flows() {}

    /** The example of the language's description. */
    public static String stockPolling() {
        try (InputStream in = Flows.class.getResourceAsStream("/io/sluice/run/testsupport/stock-polling.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
