package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ChildRegisterTest {

    @TempDir
    Path data;

    @Test
    void endsWhatAnEarlierStackLeft() throws Exception {
        Process leftover = new ProcessBuilder("sh", "-c", "sleep 600; :", data.toString()).start();
        Files.writeString(pids(), "scheduler-service " + leftover.pid() + "\n");

        int ended = ChildRegister.endLeftovers(pids(), data);

        assertThat(ended).isEqualTo(1);
        assertThat(leftover.onExit()).succeedsWithin(Duration.ofSeconds(15));
    }

    @Test
    void sparesAProcessThatOnlyHasTheNumber() throws Exception {
        Process foreign = new ProcessBuilder("sleep", "600").start();
        try {
            Files.writeString(pids(), "scheduler-service " + foreign.pid() + "\n");

            assertThat(ChildRegister.endLeftovers(pids(), data)).isZero();
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void aMissingOrBrokenFileIsNoLeftover() throws Exception {
        assertThat(ChildRegister.endLeftovers(pids(), data)).isZero();

        Files.writeString(pids(), "half a li");
        assertThat(ChildRegister.endLeftovers(pids(), data)).isZero();
    }

    @Test
    void notesWhatRunsAndForgetsWhatEnded() throws Exception {
        ChildRegister register = new ChildRegister(pids(), data);

        register.add("one", 11);
        register.add("two", 12);
        register.remove(11);

        assertThat(pids()).hasContent("two 12");
    }

    @Test
    void endsWhatNobodyElseEnded() throws Exception {
        ChildRegister register = new ChildRegister(pids(), data);
        Process forgotten =
                register.launch("forgotten", new ProcessBuilder("sh", "-c", "sleep 600; :", data.toString()));

        register.endRemaining();

        assertThat(forgotten.onExit()).succeedsWithin(Duration.ofSeconds(15));
    }

    @Test
    void startsNothingOnceClosed() {
        ChildRegister register = new ChildRegister(pids(), data);
        register.close();

        assertThatThrownBy(() -> register.launch("late", new ProcessBuilder("true")))
                .isInstanceOf(StackException.class);
    }

    private Path pids() {
        return data.resolve("pids");
    }
}
