package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.RunError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FailedTaskTest {

    @Test
    void theInnermostTaskIsTheOneThatFailed() {
        assertThat(FailedTask.of(at("/do/0/each/do/2/deliver/with/body")))
                .contains(new FailedTask("deliver", "/do/0/each/do/2/deliver"));
    }

    @Test
    void namesAreReadAsTheyWereWritten() {
        assertThat(FailedTask.of(at("/do/1/a~1b~0c"))).contains(new FailedTask("a/b~c", "/do/1/a~1b~0c"));
    }

    @Test
    void anErrorOfTheRunAsAWholeHasNone() {
        assertThat(FailedTask.of(null)).isEmpty();
        assertThat(FailedTask.of(at(null))).isEmpty();
        assertThat(FailedTask.of(at("/output"))).isEmpty();
    }

    private static RunError at(@Nullable String pointer) {
        return new RunError("internal", 500, "A title", null, pointer);
    }
}
