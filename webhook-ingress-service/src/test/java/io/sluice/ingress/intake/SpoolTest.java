package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that come while the database is away. */
@Timeout(120)
class SpoolTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LARGE = "100M";

    private final Workbench bench = new Workbench();

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private static Receipt take(Workbench.Replica replica, PendingCall call) throws Exception {
        return replica.group().submit(call).get(10, TimeUnit.SECONDS);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(n -> "n" + n).toList();
    }

    private static void takeAll(Workbench.Replica replica, Workbench bench, List<String> bodies) throws Exception {
        List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
        for (String body : bodies) {
            receipts.add(replica.group().submit(bench.call(body, body)));
        }
        for (CompletableFuture<Receipt> receipt : receipts) {
            assertThat(receipt.get(10, TimeUnit.SECONDS)).isInstanceOf(Receipt.Accepted.class);
        }
    }

    @Test
    void callsAreAcknowledgedWhileTheDatabaseIsAwayAndStoredInTheirOrderOnceItIsBack() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(450));
            assertThat(replica.spool().isFilling()).isTrue();
            assertThat(replica.spool().bytes()).isPositive();

            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());

            assertThat(bench.stored()).isEqualTo(numbers(450));
            assertThat(bench.calls()).isEqualTo(450);
            assertThat(replica.spool().bytes()).isZero();
            take(replica, bench.call("after", "after"));
            assertThat(bench.stored()).hasSize(451).endsWith("after");
        }
    }

    @Test
    void whatComesWhileTheSpoolIsEmptiedDoesNotOvertakeIt() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(300));
            bench.back();
            takeAll(replica, bench, List.of("late 1", "late 2"));
            await().atMost(SOON).until(() -> !replica.spool().isFilling());

            List<String> all = new ArrayList<>(numbers(300));
            all.addAll(List.of("late 1", "late 2"));
            assertThat(bench.stored()).isEqualTo(all);
        }
    }

    @Test
    void whatComesWhileTheLastPageHangsIsKeptBehindIt() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(30));
            try (Workbench.Hanging hanging = bench.hangSpools()) {
                bench.back();
                await().atMost(SOON).until(hanging::isWaitedFor);

                takeAll(replica, bench, List.of("late 1"));
                takeAll(replica, bench, List.of("late 2"));
                assertThat(bench.stored()).isEmpty();
            }
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
            take(replica, bench.call("after", "after"));

            List<String> all = new ArrayList<>(numbers(30));
            all.addAll(List.of("late 1", "late 2", "after"));
            assertThat(bench.stored()).isEqualTo(all);
        }
    }

    private static UUID idOf(Path file) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(Files.readAllBytes(file));
        return new UUID(head.getLong(), head.getLong());
    }

    @Test
    void spoolEndsHoweverBusyItIs() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(300));
            UUID spool = idOf(folder.resolve("calls.spool"));
            bench.back();

            List<String> all = new ArrayList<>(numbers(300));
            for (int n = 0; replica.spool().isFilling(); n++) {
                takeAll(replica, bench, List.of("more " + n));
                all.add("more " + n);
            }
            await().atMost(SOON).until(() -> !bench.hasPositionOf(spool));

            assertThat(bench.stored()).isEqualTo(all);
        }
    }

    @Test
    void restartInTheMiddleStoresEachCallOnce() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(500));
            // One look at how far it is, and one page of two hundred.
            bench.backFor(2);
            await().atMost(SOON).until(() -> bench.isUsedUp() && bench.calls() == 200);
        }
        // As a dead process leaves it, whatever its file locks were.
        Files.copy(folder.resolve("calls.spool"), other.resolve("calls.spool"));
        bench.back();

        try (Workbench.Replica replica = bench.start(other, LARGE)) {
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
        }

        assertThat(bench.stored()).isEqualTo(numbers(500));
        assertThat(bench.calls()).isEqualTo(500);
    }

    @Test
    void commitOfWhichNobodyHeardIsNotRepeated() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(30));
            bench.loseNextCommit();
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());

            assertThat(bench.stored()).isEqualTo(numbers(30));
            assertThat(bench.calls()).isEqualTo(30);
        }
    }

    @Test
    void confusedDriverEndsNothingAndSetsNoCallAside() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(30));
            bench.confuse(2, 2);
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());

            assertThat(bench.stored()).isEqualTo(numbers(30));
            assertThat(bench.isConfused()).isFalse();
            assertThat(replica.spool().setAside()).isZero();
        }
    }

    @Test
    void victimOfADeadlockIsNotSetAside() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(3));
            bench.failStatements(3, "40P01");
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());

            assertThat(bench.stored()).isEqualTo(numbers(3));
            assertThat(replica.spool().setAside()).isZero();
        }
    }

    @Test
    void repetitionIsKnownWhileItIsSpooledAndAfterARestart() throws Exception {
        UUID first;
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            PendingCall call = bench.call("one", "e1");
            first = call.runs().getFirst().run().id();
            take(replica, call);
            assertThat(take(replica, bench.call("again", "e1")))
                    .isInstanceOfSatisfying(
                            Receipt.Duplicate.class,
                            duplicate -> assertThat(duplicate.runIds()).containsExactly(first));
        }
        Files.copy(folder.resolve("calls.spool"), other.resolve("calls.spool"));

        try (Workbench.Replica replica = bench.start(other, LARGE)) {
            assertThat(take(replica, bench.call("again", "e1")))
                    .isInstanceOfSatisfying(
                            Receipt.Duplicate.class,
                            duplicate -> assertThat(duplicate.runIds()).containsExactly(first));
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
            assertThat(take(replica, bench.call("again", "e1"))).isInstanceOf(Receipt.Duplicate.class);
        }
        assertThat(bench.storedIds()).containsExactly(first);
    }

    @Test
    void batchOfWhichSomeIsKnownIsKeptAsAWhole() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            take(replica, bench.call("one", "e1"));
            assertThat(take(replica, bench.batch("some", "e1", "e2"))).isInstanceOf(Receipt.Accepted.class);
            assertThat(take(replica, bench.batch("all", "e2", "e1"))).isInstanceOf(Receipt.Duplicate.class);
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
        }

        assertThat(bench.stored()).containsExactly("one", "some");
    }

    @Test
    void eventThatTheDatabaseKnewBeforeStartsNothing() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            take(replica, bench.call("before", "e1"));
            bench.away();
            assertThat(take(replica, bench.call("again", "e1"))).isInstanceOf(Receipt.Accepted.class);
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
        }

        assertThat(bench.stored()).containsExactly("before");
    }

    @Test
    void fullSpoolRefusesAndKeepsWhatItHas() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, "20K")) {
            bench.away();
            take(replica, bench.call("kept", "e1"));
            assertThatThrownBy(() -> take(replica, bench.call("x".repeat(30_000), "e2")))
                    .isInstanceOf(ExecutionException.class);
            take(replica, bench.call("small", "e3"));
            assertThat(Files.size(folder.resolve("calls.spool"))).isLessThan(20 * 1024);
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
        }

        assertThat(bench.stored()).containsExactly("kept", "small");
    }

    @Test
    void entryThatWasBeingWrittenIsCutOff() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(5));
        }
        byte[] whole = Files.readAllBytes(folder.resolve("calls.spool"));
        byte[] torn = java.util.Arrays.copyOf(whole, whole.length - 7);
        Files.write(other.resolve("calls.spool"), torn);

        try (Workbench.Replica replica = bench.start(other, LARGE)) {
            takeAll(replica, bench, List.of("next"));
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
        }

        assertThat(bench.stored()).containsExactly("n0", "n1", "n2", "n3", "next");
    }

    @Test
    void whatComesAfterADiskLostWhatWasStoredIsStoredToo() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            takeAll(replica, bench, numbers(300));
            bench.backFor(2);
            await().atMost(SOON).until(() -> bench.isUsedUp() && bench.calls() == 200);
        }
        byte[] whole = Files.readAllBytes(folder.resolve("calls.spool"));
        Files.write(other.resolve("calls.spool"), java.util.Arrays.copyOf(whole, whole.length / 3));

        try (Workbench.Replica replica = bench.start(other, LARGE)) {
            takeAll(replica, bench, List.of("next 1", "next 2"));
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());
        }

        List<String> all = new ArrayList<>(numbers(200));
        all.addAll(List.of("next 1", "next 2"));
        assertThat(bench.stored()).isEqualTo(all);
    }

    @Test
    void callThatTheDatabaseRefusesForGoodLiesAsideAndKeepsNobodyWaiting() throws Exception {
        try (Workbench.Replica replica = bench.start(folder, LARGE)) {
            bench.away();
            take(replica, bench.call("one", "e1"));
            take(replica, bench.call("bad", "e2", "a=\0"));
            take(replica, bench.call("two", "e3"));
            bench.back();
            await().atMost(SOON).until(() -> !replica.spool().isFilling());

            assertThat(replica.spool().setAside()).isEqualTo(1);
        }
        assertThat(bench.stored()).containsExactly("one", "two");
        assertThat(Files.readString(folder.resolve("refused.jsonl")))
                .contains("\"bad\"")
                .endsWith("\n");
    }

    @Test
    void fileOfAnotherProcessIsNotUsed() throws IOException {
        Path file = folder.resolve("calls.spool");
        try (SpoolFile mine = SpoolFile.open(file)) {
            mine.append(List.of(new byte[] {1}));

            assertThatThrownBy(() -> SpoolFile.open(file)).isInstanceOf(Exception.class);
            assertThat(mine.read(SpoolFile.first(), 10).entries()).hasSize(1);
        }
    }

    @Test
    void entriesOfAFileAreReadAsTheyWereWrittenWhereverItEnds() throws IOException {
        Path file = folder.resolve("calls.spool");
        List<byte[]> entries = List.of(new byte[] {1, 2, 3}, new byte[0], new byte[50_000]);
        try (SpoolFile spool = SpoolFile.open(file)) {
            spool.append(entries);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length += length < 60 || length > whole.length - 20 ? 1 : 997) {
            Path cut = other.resolve("cut");
            Files.write(
                    cut,
                    java.util.Arrays.copyOf(whole, length),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            try (SpoolFile spool = SpoolFile.open(cut)) {
                List<byte[]> left = spool.read(SpoolFile.first(), 10).entries();
                for (int i = 0; i < left.size(); i++) {
                    assertThat(left.get(i)).isEqualTo(entries.get(i));
                }
                assertThat(left).hasSizeLessThanOrEqualTo(3);
                assertThat(left.size() == 3).isEqualTo(length == whole.length);
                spool.append(List.of(new byte[] {9}));
                assertThat(spool.read(SpoolFile.first(), 10).entries().getLast())
                        .containsExactly(9);
            }
        }
    }
}
