package io.sluice.system.client;

import io.sluice.local.LocalStack;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Bearer tokens of the realm's users, by password grant of the client {@code sluice-cli}; used again while young. */
public final class Tokens {

    private static final Duration YOUNG = Duration.ofMinutes(2);

    private final LocalStack stack;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    public Tokens(LocalStack stack) {
        this.stack = stack;
    }

    String of(String user) {
        return issued.compute(user, (_, known) -> known != null && known.isYoung() ? known : fetch(user))
                .token();
    }

    private Issued fetch(String user) {
        return new Issued(stack.token(user), System.nanoTime());
    }

    private record Issued(String token, long atNanos) {

        boolean isYoung() {
            return System.nanoTime() - atNanos < YOUNG.toNanos();
        }
    }
}
