package io.sluice.run.testsupport;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A target that remembers each Idempotency-Key with who sent it, and that tells when a path is called. */
public final class KeyedTarget implements AutoCloseable {

    private static final String KEY = "Idempotency-Key";

    private final LocalTarget target = new LocalTarget();
    private final Map<String, List<String>> sendersByKey = new ConcurrentHashMap<>();
    private final List<String> again = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> doneBefore = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

    /**
     * What happens at the next call of a path.
     *
     * @param beforeTheAnswer else after it
     */
    public record Trap(String path, boolean beforeTheAnswer, Runnable action) {}

    public KeyedTarget() {
        target.on("/", this::answer);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst(KEY);
        String sender = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Child"))
                .orElse("");
        sendersByKey
                .computeIfAbsent(key, unknown -> new CopyOnWriteArrayList<>())
                .add(sender);
        if (doneBefore.getOrDefault(sender, Set.of()).contains(key)) {
            again.add(sender + " sent " + exchange.getRequestURI() + " again: " + key);
        }
        Trap next = trap.get();
        Trap caught =
                next != null && next.path().equals(exchange.getRequestURI().getPath()) && trap.compareAndSet(next, null)
                        ? next
                        : null;
        if (caught != null && caught.beforeTheAnswer()) {
            caught.action().run();
            return;
        }
        LocalTarget.send(exchange, 200, "{\"ok\": true}");
        if (caught != null) {
            exchange.close();
            caught.action().run();
        }
    }

    public void set(Trap next) {
        trap.set(next);
    }

    /** The sender, from now on, must not send these: their results were stored before it began. */
    public void forbid(String sender, Set<String> keys) {
        doneBefore.put(sender, Set.copyOf(keys));
    }

    /** What was sent although it was forbidden. */
    public List<String> sentAgain() {
        return List.copyOf(again);
    }

    public Map<String, List<String>> sendersByKey() {
        return Map.copyOf(sendersByKey);
    }

    public String url(String path) {
        return target.url(path);
    }

    @Override
    public void close() {
        target.close();
    }
}
