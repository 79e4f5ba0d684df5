package io.sluice.run.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BodyBudgetTest {

    private static final int BEGINNING = BodyBudget.BEGINNING;
    private static final long BYTES = 4L * BEGINNING;

    private final BodyBudget budget = new BodyBudget(BYTES);

    @Test
    void callsWaitWhenTheirBytesAreTaken() {
        BodyBudget.Share one = budget.share(0);
        BodyBudget.Share two = budget.share(0);
        BodyBudget.Share three = budget.share(0);

        assertThat(one.granted()).isDone();
        assertThat(two.granted()).isDone();
        assertThat(three.granted()).isNotDone();
        one.close();
        assertThat(three.granted()).isDone();
    }

    @Test
    void firstWhoCameIsServedFirst() {
        BodyBudget.Share holding = budget.share(0);
        BodyBudget.Share large = budget.share(BEGINNING);
        BodyBudget.Share small = budget.share(0);

        assertThat(large.granted()).isNotDone();
        assertThat(small.granted()).isNotDone();
        holding.close();
        assertThat(large.granted()).isDone();
        assertThat(small.granted()).isNotDone();
    }

    @Test
    void bodyLargerThanTheWholePassesAlone() {
        BodyBudget.Share huge = budget.share(Integer.MAX_VALUE);

        assertThat(huge.granted()).isDone();
        assertThat(huge.grow(Long.MAX_VALUE)).isDone();
        huge.close();
        assertThat(budget.free()).isEqualTo(BYTES);
    }

    @Test
    void whoGivesUpWaitingLetsTheNextOneGoOn() {
        BodyBudget.Share holding = budget.share(0);
        BodyBudget.Share large = budget.share(BEGINNING);
        BodyBudget.Share small = budget.share(0);

        large.close();

        assertThat(small.granted()).isDone();
        small.close();
        holding.close();
        assertThat(budget.free()).isEqualTo(BYTES);
    }

    @Test
    void closedTwiceGivesBackOnce() {
        BodyBudget.Share share = budget.share(10);
        share.close();
        share.close();

        assertThat(budget.free()).isEqualTo(BYTES);
    }

    @Test
    void closedShareGrowsNoMore() {
        BodyBudget.Share share = budget.share(10);
        share.close();

        assertThat(share.grow(10)).isNotDone();
        assertThat(budget.free()).isEqualTo(BYTES);
    }

    @Test
    @Timeout(60)
    void manyThatGrowAtOnceNeverWaitForEachOther() throws Exception {
        List<Future<?>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int seed = 0; seed < 500; seed++) {
                Random random = new Random(seed);
                calls.add(threads.submit(() -> {
                    call(random);
                    return null;
                }));
            }
        }

        for (Future<?> call : calls) {
            call.get();
        }
        assertThat(budget.free()).isEqualTo(BYTES);
    }

    private void call(Random random) throws Exception {
        try (BodyBudget.Share share = budget.share(random.nextInt(3 * BEGINNING))) {
            share.granted().get(50, TimeUnit.SECONDS);
            Thread.yield();
            if (random.nextBoolean()) {
                CompletableFuture<Void> more = share.grow(random.nextInt(5 * BEGINNING));
                more.get(50, TimeUnit.SECONDS);
            }
        }
    }
}
