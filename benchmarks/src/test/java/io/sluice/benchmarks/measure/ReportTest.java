package io.sluice.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void betterIsAboveOneWhicheverWayIsTheGoodOne() {
        assertThat(report(List.of(10.0, 2_000.0), List.of(40.0, 500.0)).markdown())
                .isEqualTo("""
                ### title

                |  | time, µs | rate, a second |
                |---|--:|--:|
                | ours | 10.0 | 2,000 |
                | peer | 40.0 | 500 |
                | times as good as peer | 4.00 | 4.00 |
                | target | ≤ 20.0 |  |

                - a note
                """);
    }

    @Test
    void whatWasNotMeasuredIsADash() {
        assertThat(report(List.of(10.0, 2_000.0), List.of(Double.NaN, 0.001)).table())
                .contains(List.of("peer", "–", "0.0010"), List.of("times as good as peer", "–", "2,000,000"));
    }

    private static Report report(List<Double> ours, List<Double> peers) {
        Map<String, List<Double>> rows = new LinkedHashMap<>();
        rows.put("ours", ours);
        rows.put("peer", peers);
        return new Report(
                "title",
                List.of(Metric.less("time", "µs").target(20), Metric.more("rate", "a second")),
                rows,
                List.of("peer"),
                List.of("a note"));
    }
}
