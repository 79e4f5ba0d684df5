package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcessTreeTest {

    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void endsAGrandchildToo() throws Exception {
        Family family = start("sleep 600 & echo $!; wait");

        ProcessTree.of(family.parent()).end(Duration.ofSeconds(10));

        family.assertEnded();
    }

    @Test
    void killsWhatIgnoresTheRequest() throws Exception {
        Family family = start("trap '' TERM; sh -c \"trap '' TERM; echo \\$\\$; while :; do sleep 1; done\"");

        ProcessTree.of(family.parent()).end(Duration.ofMillis(300));

        family.assertEnded();
    }

    @Test
    void killsAtOnce() throws Exception {
        Family family = start("trap '' TERM; sleep 600 & echo $!; wait");

        ProcessTree.of(family.parent()).kill();

        family.assertEnded();
    }

    private Family start(String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        started.add(process.toHandle());
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(reader.readLine().strip())).orElseThrow();
        started.add(child);
        return new Family(process.toHandle(), child);
    }

    private record Family(ProcessHandle parent, ProcessHandle child) {

        void assertEnded() {
            assertThat(parent.onExit()).succeedsWithin(Duration.ofSeconds(15));
            assertThat(child.onExit()).succeedsWithin(Duration.ofSeconds(15));
        }
    }
}
