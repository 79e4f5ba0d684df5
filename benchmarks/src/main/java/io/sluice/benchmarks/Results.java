package io.sluice.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.measure.Machine;
import io.sluice.benchmarks.measure.Metric;
import io.sluice.benchmarks.measure.Report;
import io.sluice.run.expression.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Reports as JSON files, for whoever compares one day with another. */
final class Results {

    private Results() {}

    static void write(Path folder, Benchmark benchmark, Report report, Machine machine, Instant at) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(benchmark.word() + ".json"),
                    json(benchmark, report, machine, at).toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode json(Benchmark benchmark, Report report, Machine machine, Instant at) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("benchmark", benchmark.word()).put("title", report.title()).put("at", at.toString());
        json.put("heapMegabytes", benchmark.heapMegabytes());
        json.set("machine", Json.tree(machine));
        ArrayNode measurements = json.putArray("measurements");
        report.rows().forEach((subject, values) -> measurements(measurements, report.metrics(), subject, values));
        report.notes().forEach(json.withArrayProperty("notes")::add);
        return json;
    }

    private static void measurements(ArrayNode to, List<Metric> metrics, String subject, List<Double> values) {
        for (int i = 0; i < values.size(); i++) {
            Metric metric = metrics.get(i);
            if (!values.get(i).isNaN()) {
                to.addObject()
                        .put("subject", subject)
                        .put("metric", metric.name())
                        .put("unit", metric.unit())
                        .put("value", values.get(i));
            }
        }
    }
}
