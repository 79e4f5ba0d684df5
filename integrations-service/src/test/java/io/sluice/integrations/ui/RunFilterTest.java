package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.run.RunStatus;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFilterTest {

    @Test
    void timesAreOfTheirZone() {
        RunFilter filter = filter(Map.of("from", "2026-07-01T08:00", "zone", "Europe/Berlin"));

        assertThat(filter.query(null, 50).from()).isEqualTo("2026-07-01T06:00:00Z");
        assertThat(filter.link()).isEqualTo("from=2026-07-01T08%3A00&zone=Europe%2FBerlin");
    }

    @Test
    void anInstantNeedsNoZone() {
        assertThat(filter(Map.of("to", "2026-07-01T08:00:00Z")).query(null, 50).to())
                .isEqualTo("2026-07-01T08:00:00Z");
    }

    @Test
    void whatIsUnknownDoesNotNarrow() {
        RunFilter filter = filter(Map.of("status", "broken", "trigger", "magic"));

        assertThat(filter.query(null, 50).status()).isNull();
        assertThat(filter.query(null, 50).trigger()).isNull();
        assertThat(filter.link()).isEmpty();
    }

    @Test
    void whatIsNoTimeOrZoneIsSaid() {
        assertThat(filter(Map.of("from", "soon")).about("from")).contains("a time such as");
        assertThat(filter(Map.of("zone", "Mars")).about("zone")).contains("Europe/Berlin");
        assertThat(filter(Map.of("from", "2026-07-02T00:00", "to", "2026-07-01T00:00"))
                        .about("to"))
                .isEqualTo("after the beginning");
    }

    @Test
    void onlyWhatHasEndedIsRepeated() {
        assertThat(filter(Map.of()).ended("").status()).isEqualTo(RunStatus.FAILED);
        assertThat(filter(Map.of("status", "running")).ended("").status()).isEqualTo(RunStatus.FAILED);
        assertThat(filter(Map.of("status", "cancelled")).ended("").status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void theLastHourBeginsInTheFiltersZone() {
        RunFilter filter = filter(Map.of("status", "failed", "zone", "Europe/Berlin"));

        assertThat(filter.ranges(Instant.parse("2026-07-01T06:00:30Z"))
                        .getFirst()
                        .link())
                .isEqualTo("status=failed&from=2026-07-01T07%3A00&zone=Europe%2FBerlin");
    }

    private static RunFilter filter(Map<String, String> typed) {
        return RunFilter.of(new MultivaluedHashMap<>(typed));
    }
}
