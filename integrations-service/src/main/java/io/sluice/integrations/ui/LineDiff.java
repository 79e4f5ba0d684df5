package io.sluice.integrations.ui;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/** Two texts line by line beside each other. */
public record LineDiff(List<Row> rows) {

    /** Beyond it lines are compared by their numbers alone: to align them takes the product of both. */
    static final int MOST_LINES = 1_000;

    /** A line of each; empty where the other text has one more. */
    public record Row(String left, String right, String kind) {

        static Row same(String line) {
            return new Row(line, line, "same");
        }

        public boolean isSame() {
            return kind.equals("same");
        }

        /** For those who do not see the colours. */
        public String mark() {
            return switch (kind) {
                case "changed" -> "≠";
                case "removed" -> "−";
                case "added" -> "+";
                default -> "";
            };
        }
    }

    static LineDiff of(String left, String right) {
        List<String> before = left.lines().toList();
        if (left.equals(right)) {
            return new LineDiff(before.stream().map(Row::same).toList());
        }
        List<String> after = right.lines().toList();
        return new LineDiff(
                before.size() > MOST_LINES || after.size() > MOST_LINES
                        ? beside(before, after)
                        : aligned(before, after));
    }

    private static List<Row> aligned(List<String> before, List<String> after) {
        Patch<String> patch = DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>(), null, true);
        List<Row> rows = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> added = new ArrayList<>();
        // What was taken out and put in at one place belongs together, in whichever order it is told.
        for (AbstractDelta<String> delta : patch.getDeltas()) {
            if (delta.getType() == DeltaType.EQUAL) {
                rows.addAll(beside(removed, added));
                removed.clear();
                added.clear();
                delta.getSource().getLines().forEach(line -> rows.add(Row.same(line)));
            } else {
                removed.addAll(delta.getSource().getLines());
                added.addAll(delta.getTarget().getLines());
            }
        }
        rows.addAll(beside(removed, added));
        return List.copyOf(rows);
    }

    private static List<Row> beside(List<String> before, List<String> after) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            if (i >= after.size()) {
                rows.add(new Row(before.get(i), "", "removed"));
            } else if (i >= before.size()) {
                rows.add(new Row("", after.get(i), "added"));
            } else if (before.get(i).equals(after.get(i))) {
                rows.add(Row.same(before.get(i)));
            } else {
                rows.add(new Row(before.get(i), after.get(i), "changed"));
            }
        }
        return List.copyOf(rows);
    }

    long differences() {
        return rows.stream().filter(row -> !row.isSame()).count();
    }

    public boolean isDifferent() {
        return differences() > 0;
    }

    /** The difference in a heading. */
    public String words() {
        if (rows.isEmpty()) {
            return "none in either";
        }
        long lines = differences();
        return lines == 0 ? "the same" : lines == 1 ? "1 line differs" : lines + " lines differ";
    }
}
