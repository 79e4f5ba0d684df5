package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.webhook.CallOutcome;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtherCallRowTest {

    private static CallCopy copy(byte[] body) {
        return new CallCopy(
                "tenant", UUID.randomUUID(), false, Instant.EPOCH, 202, "POST", "a=1", "{\"a\":[\"b\"]}", body, null);
    }

    /** A flood of large calls would otherwise fill the heap, or every call while the database is away. */
    @ParameterizedTest
    @EnumSource(CallOutcome.class)
    void waitsInMemoryWithNoMoreThanIsKept(CallOutcome outcome) {
        OtherCallRow row = OtherCallRow.of(
                UUID.randomUUID(), copy(new byte[10_000_000]), 10_000_000, OtherCallRow.Verdict.of(outcome, 401, null));

        assertThat(row.call().body().length).isLessThanOrEqualTo(256 * 1024);
        assertThat(row.call().bytes()).isLessThan(300_000);
        assertThat(row.bodyBytes()).isEqualTo(10_000_000);
    }

    @Test
    void smallBodyIsKeptAsItIs() {
        byte[] body = {1, 2, 3};

        OtherCallRow row = OtherCallRow.of(
                UUID.randomUUID(), copy(body), 3, OtherCallRow.Verdict.of(CallOutcome.REFUSED, 401, null));

        assertThat(row.call().body()).isEqualTo(body);
    }
}
