package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackPortsTest {

    @Test
    void standardPortsAreThoseOfTheDocumentation() {
        StackPorts ports = StackPorts.standard();

        assertThat(ports.numbers())
                .containsEntry(StackPort.INTEGRATIONS, 8080)
                .containsEntry(StackPort.INGRESS, 8081)
                .containsEntry(StackPort.SCHEDULER, 8082)
                .containsEntry(StackPort.INTEGRATIONS_MANAGEMENT, 9080)
                .containsEntry(StackPort.INGRESS_MANAGEMENT, 9081)
                .containsEntry(StackPort.SCHEDULER_MANAGEMENT, 9082)
                .containsEntry(StackPort.KEYCLOAK, 8180)
                .containsEntry(StackPort.DEMO, 8090)
                .containsEntry(StackPort.POSTGRES, 5433)
                .hasSize(9);
    }

    @Test
    void aVariableMovesOnePortAndLeavesTheOthers() {
        StackPorts ports = StackPorts.fromEnvironment(Map.of("SLUICE_INGRESS_PORT", " 8181 "));

        assertThat(ports.url(StackPort.INGRESS)).isEqualTo(URI.create("http://127.0.0.1:8181"));
        assertThat(ports.number(StackPort.SCHEDULER)).isEqualTo(8082);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1", "80 81", "99999999999"})
    void whatIsNoPortIsNamedInOneLine(String text) {
        assertThatThrownBy(() -> StackPorts.fromEnvironment(Map.of("SLUICE_DEMO_PORT", text)))
                .isInstanceOf(StackException.class)
                .hasMessage("SLUICE_DEMO_PORT is \"" + text + "\"; a port is a number from 1 to 65535.");
    }

    @Test
    void anEmptyVariableMeansTheStandardPort() {
        assertThat(StackPorts.fromEnvironment(Map.of("SLUICE_DEMO_PORT", "")).number(StackPort.DEMO))
                .isEqualTo(8090);
    }

    @Test
    void twoPortsCannotBeTheSame() {
        assertThatThrownBy(() -> StackPorts.fromEnvironment(Map.of("SLUICE_INGRESS_PORT", "8080")))
                .isInstanceOf(StackException.class)
                .hasMessage("SLUICE_INTEGRATIONS_PORT and SLUICE_INGRESS_PORT are both 8080.");
    }

    @Test
    void freePortsAreDistinctAndFree() {
        StackPorts ports = StackPorts.freePorts();

        assertThat(new HashSet<>(ports.numbers().values())).hasSize(StackPort.values().length);
        ports.requireFree();
    }

    @Test
    void aTakenPortIsNamedWithItsOwnerAndAWayOut() {
        assertThatThrownBy(() -> StackPorts.standard().requireFree(number -> number != 8081))
                .isInstanceOf(StackException.class)
                .hasMessage("Port 8081 (webhook-ingress-service) is taken. Stop what uses it, or move it: "
                        + "SLUICE_INGRESS_PORT=8181 ./sluice up");
    }

    @Test
    void theWayOutIsNeitherTakenNorAnotherPortOfTheStack() {
        assertThatThrownBy(() -> StackPorts.standard().requireFree(number -> number != 8080 && number != 8181))
                .isInstanceOf(StackException.class)
                .hasMessageEndingWith("SLUICE_INTEGRATIONS_PORT=8182 ./sluice up");
    }

    @Test
    void aListeningSocketIsFound() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Map<StackPort, Integer> numbers =
                    new EnumMap<>(StackPorts.freePorts().numbers());
            numbers.put(StackPort.POSTGRES, socket.getLocalPort());
            StackPorts ports = new StackPorts(numbers);

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StackException.class)
                    .hasMessageStartingWith("Port " + socket.getLocalPort() + " (PostgreSQL) is taken.");
        }
    }
}
