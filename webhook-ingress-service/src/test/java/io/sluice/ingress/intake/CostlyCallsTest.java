package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CostlyCallsTest {

    private final CostlyCalls calls =
            new CostlyCalls(Workbench.config("costly-calls", "2", "costly-calls-waiting", "3"));
    private final CountDownLatch begun = new CountDownLatch(2);
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void stop() {
        end.countDown();
        calls.stop();
    }

    @Test
    void fewAreWorkedOnAtOnceSomeWaitAndTheOthersAreRefused() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(calls.offer(CostlyCalls.Cost.MUCH, this::work)).isTrue();
        }
        begun.await();

        assertThat(calls.offer(CostlyCalls.Cost.MUCH, this::work)).isFalse();
        assertThat(done).hasValue(2);
        // Neither are those held up that ask for little, nor those that wait for the network.
        assertThat(calls.offer(CostlyCalls.Cost.LITTLE, () -> {})).isTrue();
        assertThat(calls.offer(CostlyCalls.Cost.WAITS, () -> {})).isTrue();
    }

    private void work() {
        done.incrementAndGet();
        begun.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
