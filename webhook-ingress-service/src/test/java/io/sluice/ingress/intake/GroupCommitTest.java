package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.run.executor.DatabaseAway;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Calls that are stored together. */
class GroupCommitTest {

    private final Workbench bench = new Workbench();

    /** Submits them so that they make one group: a call before them holds the only writer at the door. */
    private List<CompletableFuture<Receipt>> together(Workbench.Replica replica, List<PendingCall> calls) {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        bench.gate.lock();
        try {
            receipts.add(replica.group().submit(bench.call("before", null)));
            await().until(() -> bench.gate.hasQueuedThreads());
            calls.forEach(call -> receipts.add(replica.group().submit(call)));
        } finally {
            bench.gate.unlock();
        }
        receipts.removeFirst().join();
        return receipts;
    }

    @Test
    void callThatCannotBeStoredDoesNotTakeTheOthersWithIt() throws Exception {
        try (Workbench.Replica replica = bench.start(Workbench.config())) {
            List<PendingCall> calls = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                calls.add(bench.call("n" + i, "e" + i, i == 4 ? "a=\0" : ""));
            }

            List<CompletableFuture<Receipt>> receipts = together(replica, calls);

            for (int i = 0; i < 10; i++) {
                CompletableFuture<Receipt> receipt = receipts.get(i);
                if (i == 4) {
                    assertThatThrownBy(() -> receipt.get(10, TimeUnit.SECONDS)).hasStackTraceContaining("0x00");
                } else {
                    assertThat(receipt.get(10, TimeUnit.SECONDS))
                            .isEqualTo(new Receipt.Accepted(
                                    List.of(calls.get(i).runs().getFirst().run().id()), false));
                }
            }
            assertThat(bench.stored()).containsExactly("before", "n0", "n1", "n2", "n3", "n5", "n6", "n7", "n8", "n9");
        }
    }

    @Test
    void equalEventsOfOneGroupAreOne() throws Exception {
        try (Workbench.Replica replica = bench.start(Workbench.config())) {
            List<PendingCall> calls =
                    List.of(bench.call("a", "e1"), bench.call("b", "e1"), bench.batch("c", "e2", "e1", "e2"));

            List<CompletableFuture<Receipt>> receipts = together(replica, calls);

            var first = calls.getFirst().runs().getFirst().run().id();
            var second = calls.getLast().runs().getFirst().run().id();
            assertThat(receipts.get(0).get()).isEqualTo(new Receipt.Accepted(List.of(first), false));
            assertThat(receipts.get(1).get())
                    .isInstanceOfSatisfying(
                            Receipt.Duplicate.class,
                            duplicate -> assertThat(duplicate.runIds()).containsExactly(first));
            assertThat(receipts.get(2).get()).isEqualTo(new Receipt.Accepted(List.of(second, first, second), true));
            assertThat(bench.stored()).containsExactly("before", "a", "c");
        }
    }

    @Test
    void commitOfWhichNobodyHeardIsNeitherAcknowledgedNorRepeated() {
        try (Workbench.Replica replica = bench.start(Workbench.config())) {
            bench.loseNextCommit();
            CompletableFuture<Receipt> lost = replica.group().submit(bench.call("a", "e1"));

            assertThatThrownBy(() -> lost.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(CallStore.OutcomeUnknown.class);
            assertThat(bench.stored()).containsExactly("a");
            // So the sender comes again, and learns what became of it.
            assertThat(replica.group().submit(bench.call("again", "e1")).join()).isInstanceOf(Receipt.Duplicate.class);
        }
    }

    @Test
    void databaseThatHangsIsNotWaitedForLongerThanIsConfigured() {
        try (Workbench.Replica replica = bench.start(Workbench.config("accept-timeout", "500ms"))) {
            bench.gate.lock();
            try {
                CompletableFuture<Receipt> first = replica.group().submit(bench.call("a", "e1"));
                await().until(() -> bench.gate.hasQueuedThreads());
                CompletableFuture<Receipt> second = replica.group().submit(bench.call("b", "e2"));

                assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
                assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(TimeoutException.class);
                // Nor is it kept: its memory was given back with the answer.
                await().untilAsserted(
                                () -> assertThat(replica.group().waiting()).isZero());
            } finally {
                bench.gate.unlock();
            }
            // Whoever was told to come again while it waited in line is not stored.
            assertThat(replica.group().submit(bench.call("c", "e3")).join()).isInstanceOf(Receipt.Accepted.class);
            assertThat(bench.stored()).endsWith("c").doesNotContain("b");
        }
    }

    @Test
    void idThatIsClaimedAnewIsNotForgottenWithTheOldOnes() {
        try (Workbench.Replica replica = bench.start(Workbench.config())) {
            replica.group().submit(bench.call("a", "e1")).join();
            bench.expireIds();
            bench.jdbi.useTransaction(claiming -> {
                claiming.execute(
                        "update event_id set expires_at = now() + interval '1 day' where integration_id = ?",
                        bench.integration);
                assertThat(replica.store().forgetExpired()).isZero();
            });

            assertThat(replica.group().submit(bench.call("b", "e1")).join()).isInstanceOf(Receipt.Duplicate.class);
            bench.expireIds();
            assertThat(replica.store().forgetExpired()).isEqualTo(1);
        }
    }

    @Test
    void databaseThatIsAwayIsToldAtOnce() {
        try (Workbench.Replica replica = bench.start(Workbench.config())) {
            bench.away();

            assertThatThrownBy(
                            () -> replica.group().submit(bench.call("a", "e1")).get(5, TimeUnit.SECONDS))
                    .satisfies(thrown -> assertThat(DatabaseAway.is(thrown)).isTrue());
            bench.back();
            assertThat(replica.group().submit(bench.call("b", "e2")).join()).isInstanceOf(Receipt.Accepted.class);
        }
    }
}
