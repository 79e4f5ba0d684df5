package io.sluice.benchmarks.measure;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Does the same again and again, a number of times at once. */
public final class Load {

    private Load() {}

    /**
     * What it took.
     *
     * @param nanos each one's time, sorted
     */
    public record Taken(double seconds, long[] nanos) {

        public double perSecond() {
            return nanos.length / seconds;
        }

        /** @param share such as 0.99 */
        public double milliseconds(double share) {
            return nanos.length == 0
                    ? Double.NaN
                    : nanos[(int) Math.min(nanos.length - 1L, (long) (nanos.length * share))] / 1e6;
        }
    }

    /** @throws IllegalStateException when one of them failed: a wrong answer is not a fast one */
    public static Taken run(int times, int atOnce, Runnable work) {
        long[] nanos = new long[times];
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = java.util.stream.IntStream.range(0, atOnce)
                    .<Future<?>>mapToObj(worker -> threads.submit(() -> work(work, next, nanos)))
                    .toList();
            for (Future<?> worker : workers) {
                Waiting.until(worker);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Arrays.sort(nanos);
        return new Taken(seconds, nanos);
    }

    private static void work(Runnable work, AtomicInteger next, long[] nanos) {
        for (int i = next.getAndIncrement(); i < nanos.length; i = next.getAndIncrement()) {
            long start = System.nanoTime();
            work.run();
            nanos[i] = System.nanoTime() - start;
        }
    }
}
