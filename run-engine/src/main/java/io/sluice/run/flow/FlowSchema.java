package io.sluice.run.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The profile's JSON Schema, by which editors complete and explain; the compiler knows more than it. */
public final class FlowSchema {

    private static final String RESOURCE = "/META-INF/schema/flow-1.0.json";

    private FlowSchema() {}

    public static String json() {
        try (InputStream in = FlowSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
