package io.sluice.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a benchmark found: a row for each subject, a column for each metric.
 *
 * @param rows values in the order of the metrics; NaN where there is none
 * @param peers the rows that the first one is compared with
 * @param notes what a reader must know to judge the numbers
 */
public record Report(
        String title, List<Metric> metrics, Map<String, List<Double>> rows, List<String> peers, List<String> notes) {

    public Report {
        metrics = List.copyOf(metrics);
        rows = new LinkedHashMap<>(rows);
        peers = List.copyOf(peers);
        notes = List.copyOf(notes);
    }

    /** Heading first. */
    public List<List<String>> table() {
        List<List<String>> table = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of(""));
        metrics.forEach(metric -> heading.add(metric.heading()));
        table.add(heading);
        rows.forEach((subject, values) ->
                table.add(row(subject, values.stream().map(Metric::number).toList())));
        peers.forEach(peer -> table.add(row("times as good as " + peer, advantages(peer))));
        if (metrics.stream().anyMatch(metric -> metric.target().isPresent())) {
            table.add(row("target", metrics.stream().map(Metric::targetText).toList()));
        }
        return table;
    }

    private List<String> advantages(String peer) {
        List<Double> ours = rows.values().iterator().next();
        List<Double> theirs = Objects.requireNonNull(rows.get(peer), peer);
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            cells.add(Metric.number(metrics.get(i).advantage(ours.get(i), theirs.get(i))));
        }
        return cells;
    }

    private static List<String> row(String name, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(name));
        row.addAll(cells);
        return row;
    }

    /** For people at a terminal. */
    public String text() {
        List<List<String>> table = table();
        int[] widths = new int[table.getFirst().size()];
        table.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder(title).append('\n');
        for (List<String> row : table) {
            StringBuilder line = new StringBuilder("  ").append(padded(row.getFirst(), widths[0], false));
            for (int i = 1; i < widths.length; i++) {
                line.append("  ").append(padded(row.get(i), widths[i], true));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        notes.forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    /** Ready to be pasted into {@code docs/benchmarks.md}. */
    public String markdown() {
        StringBuilder text = new StringBuilder("### ").append(title).append("\n\n");
        List<List<String>> table = table();
        text.append("| ").append(String.join(" | ", table.getFirst())).append(" |\n|---|");
        text.append("--:|".repeat(metrics.size())).append('\n');
        table.stream()
                .skip(1)
                .forEach(
                        row -> text.append("| ").append(String.join(" | ", row)).append(" |\n"));
        text.append('\n');
        notes.forEach(note -> text.append("- ").append(note).append('\n'));
        return text.toString();
    }

    private static String padded(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }
}
