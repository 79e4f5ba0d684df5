package io.sluice.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The number of each {@link StackPort}; no two are the same. */
public record StackPorts(Map<StackPort, Integer> numbers) {

    private static final int HIGHEST = 65_535;
    private static final int SUGGESTION_DISTANCE = 100;

    public StackPorts {
        numbers = Map.copyOf(numbers);
        Map<Integer, StackPort> seen = new HashMap<>();
        for (StackPort port : StackPort.values()) {
            Integer number = numbers.get(port);
            if (number == null) {
                throw new IllegalArgumentException("no number for " + port);
            }
            StackPort other = seen.putIfAbsent(number, port);
            if (other != null) {
                throw new StackException("%s and %s are both %d.".formatted(other.variable(), port.variable(), number));
            }
        }
    }

    public static StackPorts standard() {
        return fromEnvironment(Map.of());
    }

    /** The standard ports, each moved by its variable where that is set. */
    public static StackPorts fromEnvironment(Map<String, String> environment) {
        Map<StackPort, Integer> numbers = new EnumMap<>(StackPort.class);
        for (StackPort port : StackPort.values()) {
            numbers.put(port, parse(port, environment.get(port.variable())));
        }
        return new StackPorts(numbers);
    }

    /** Ports that nobody uses at the moment, for tests that run beside other stacks. */
    public static StackPorts freePorts() {
        Map<StackPort, Integer> numbers = new EnumMap<>(StackPort.class);
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (StackPort port : StackPort.values()) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                sockets.add(socket);
                numbers.put(port, socket.getLocalPort());
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find free ports", e);
        }
        return new StackPorts(numbers);
    }

    public int number(StackPort port) {
        Integer number = numbers.get(port);
        if (number == null) {
            throw new IllegalArgumentException("no number for " + port);
        }
        return number;
    }

    public URI url(StackPort port) {
        return URI.create("http://127.0.0.1:" + number(port));
    }

    void requireFree() {
        requireFree(StackPorts::isFree);
    }

    void requireFree(IntPredicate free) {
        for (StackPort port : StackPort.values()) {
            int number = number(port);
            if (!free.test(number)) {
                throw new StackException("Port %d (%s) is taken. Stop what uses it, or move it: %s=%d ./sluice up"
                        .formatted(number, port.owner(), port.variable(), suggestion(number, free)));
            }
        }
    }

    private int suggestion(int taken, IntPredicate free) {
        int candidate = taken + SUGGESTION_DISTANCE;
        while (candidate < HIGHEST && (numbers.containsValue(candidate) || !free.test(candidate))) {
            candidate++;
        }
        return Math.min(candidate, HIGHEST);
    }

    private static boolean isFree(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), number), 1);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int parse(StackPort port, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return port.standard();
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 1 && number <= HIGHEST) {
                return number;
            }
        } catch (NumberFormatException _) {
            // falls through to the one message for both
        }
        throw new StackException(
                "%s is \"%s\"; a port is a number from 1 to %d.".formatted(port.variable(), text, HIGHEST));
    }
}
