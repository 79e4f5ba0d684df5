package io.sluice.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.local.StackPort;
import io.sluice.local.StackPorts;
import io.sluice.system.stack.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./sluice up} says when it cannot start: one plain line, and nothing is left running. */
class LauncherIT {

    private final LauncherProcess launcher;
    private final Map<String, String> ports = new HashMap<>();

    LauncherIT(@TempDir Path folder) throws IOException {
        this.launcher = new LauncherProcess(folder);
        StackPorts free = StackPorts.freePorts();
        for (StackPort port : StackPort.values()) {
            ports.put(port.variable(), Integer.toString(free.number(port)));
        }
    }

    @AfterEach
    void leave() throws IOException {
        launcher.close();
    }

    @Test
    void aTakenPortIsNamedWithTheWayOut() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            ports.put("SLUICE_INGRESS_PORT", port);

            LauncherProcess.Result result = launcher.run(ports);

            assertThat(result.exitCode()).isNotZero();
            assertThat(result.lines()).hasSize(1);
            assertThat(result.lines().getFirst()).contains(port, "taken", "SLUICE_INGRESS_PORT");
            assertThat(launcher.leftovers()).isEmpty();
        }
    }

    @Test
    void aPortThatIsNoNumberIsNamed() throws IOException, InterruptedException {
        ports.put("SLUICE_DEMO_PORT", "abc");

        LauncherProcess.Result result = launcher.run(ports);

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.lines()).hasSize(1);
        assertThat(result.lines().getFirst()).contains("SLUICE_DEMO_PORT", "abc");
        assertThat(launcher.leftovers()).isEmpty();
    }
}
