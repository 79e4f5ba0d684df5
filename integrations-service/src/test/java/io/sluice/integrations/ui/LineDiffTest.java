package io.sluice.integrations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.integrations.ui.LineDiff.Row;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    @Test
    void equalTextsDoNotDiffer() {
        LineDiff diff = LineDiff.of("a\nb", "a\nb");

        assertThat(diff.rows()).containsExactly(Row.same("a"), Row.same("b"));
        assertThat(diff.isDifferent()).isFalse();
        assertThat(diff.words()).isEqualTo("the same");
    }

    @Test
    void aLineThatWasChangedStandsBesideTheOther() {
        LineDiff diff = LineDiff.of("a\nb\nc", "a\nx\nc");

        assertThat(diff.rows()).containsExactly(Row.same("a"), new Row("b", "x", "changed"), Row.same("c"));
        assertThat(diff.words()).isEqualTo("1 line differs");
    }

    @Test
    void whatWasPutInOrTakenOutMovesTheRestOnly() {
        assertThat(LineDiff.of("a\nc", "a\nb\nc").rows())
                .containsExactly(Row.same("a"), new Row("", "b", "added"), Row.same("c"));
        assertThat(LineDiff.of("a\nb\nc", "a\nc").rows())
                .containsExactly(Row.same("a"), new Row("b", "", "removed"), Row.same("c"));
    }

    @Test
    void moreLinesThanBeforeAreChangedAndAdded() {
        assertThat(LineDiff.of("a\nz", "x\ny\nz").rows())
                .containsExactly(new Row("a", "x", "changed"), new Row("", "y", "added"), Row.same("z"));
    }

    @Test
    void againstNothingAllIsNew() {
        assertThat(LineDiff.of("", "a\nb").differences()).isEqualTo(2);
        assertThat(LineDiff.of("a", "").rows()).containsExactly(new Row("a", "", "removed"));
        assertThat(LineDiff.of("", "").words()).isEqualTo("none in either");
    }

    @Test
    void ofVeryLongTextsLinesAreComparedByTheirNumbers() {
        String lines = IntStream.rangeClosed(0, LineDiff.MOST_LINES)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("\n"));

        assertThat(LineDiff.of(lines, lines + "\nmore").differences()).isEqualTo(1);
        assertThat(LineDiff.of(lines, "more\n" + lines).differences()).isEqualTo(LineDiff.MOST_LINES + 2L);
    }
}
