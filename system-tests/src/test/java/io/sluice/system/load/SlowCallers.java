package io.sluice.system.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Connections that send a byte a second: half of them never end their headers, the others never their body. */
public final class SlowCallers implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final List<WireConnection> connections = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile int cut;

    public SlowCallers(URI url, int count) throws IOException {
        byte[] line = ("POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = "Content-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            WireConnection connection = WireConnection.open(url);
            connections.add(connection);
            connection.write(line);
            if (i % 2 == 0) {
                connection.write(whole);
            } else {
                connection.write("X-Slow: ".getBytes(StandardCharsets.US_ASCII));
            }
        }
        thread = Thread.ofPlatform().name("slow-callers").daemon().start(this::send);
    }

    private void send() {
        List<WireConnection> open = new ArrayList<>(connections);
        byte[] one = {'x'};
        while (!over) {
            open.removeIf(connection -> !isSent(connection, one));
            cut = connections.size() - open.size();
            rounds.incrementAndGet();
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    private static boolean isSent(WireConnection connection, byte[] bytes) {
        try {
            connection.write(bytes);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Bytes that each has sent, so far. */
    public int rounds() {
        return rounds.get();
    }

    /** Connections that the service has ended. */
    public int cut() {
        return cut;
    }

    /** Answers that have come to those whose headers were whole. */
    public List<Integer> answers() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < connections.size(); i += 2) {
            try {
                statuses.add(connections.get(i).read().status());
            } catch (IOException _) {
                statuses.add(0);
            }
        }
        return statuses;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
        connections.forEach(WireConnection::close);
    }
}
