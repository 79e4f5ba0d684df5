package io.sluice.scheduler.testsupport;

import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** The service's clock, set wrong. Each thread has its own, so that each may be a replica. */
@Alternative
@Singleton
public class ShiftedClock implements InstantSource {

    private static final ThreadLocal<Duration> WRONG_BY = ThreadLocal.withInitial(() -> Duration.ZERO);

    /** Sets this thread's clock ahead, or back. */
    public static void setWrongBy(Duration shift) {
        WRONG_BY.set(shift);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(WRONG_BY.get());
    }

    /** Services whose clock may be wrong. */
    public static class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(ShiftedClock.class);
        }
    }
}
