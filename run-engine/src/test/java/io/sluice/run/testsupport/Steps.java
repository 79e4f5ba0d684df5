package io.sluice.run.testsupport;

import io.sluice.run.step.StepRecord;
import java.time.Duration;
import java.time.Instant;

/** Log records as an interpreter makes them. */
public final class Steps {

    private Steps() {}

    public static StepRecord succeeded(String visit) {
        return new StepRecord(
                "/do/0" + visit,
                visit,
                visit.substring(1),
                "call",
                "succeeded",
                1,
                Instant.parse("2026-11-24T05:55:00Z"),
                Duration.ofMillis(12),
                null,
                null,
                null);
    }
}
