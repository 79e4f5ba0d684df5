package io.sluice.benchmarks.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class LedgerTest {

    @Test
    void oneRunForEachAcceptedCallIsAllThatIsWanted() {
        assertThat(Ledger.account(3, calls(0, 1, 2), calls(0, 1, 2))).isEqualTo(new Ledger.Account(3, 0, 0, 0));
    }

    @Test
    void whatIsMissingTwiceThereOrUnansweredIsTold() {
        assertThat(Ledger.account(4, calls(0, 1, 7), calls(0, 1, 2, 3))).isEqualTo(new Ledger.Account(4, 2, 1, 1));
    }

    private static BitSet calls(int... numbers) {
        BitSet calls = new BitSet();
        for (int number : numbers) {
            calls.set(number);
        }
        return calls;
    }
}
