package io.sluice.run.api;

import io.quarkus.runtime.ShutdownEvent;
import io.sluice.run.store.PartitionStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Makes partitions ahead and drops old ones: once an hour on each replica, one at a time in the database. */
@ApplicationScoped
public class RetentionJob {

    private static final Logger LOG = Logger.getLogger(RetentionJob.class);
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofHours(1);

    private final PartitionStore partitions;
    private final RetentionConfig config;
    private final InstantSource clock;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    public RetentionJob(PartitionStore partitions, RetentionConfig config, InstantSource clock) {
        this.partitions = partitions;
        this.config = config;
        this.clock = clock;
    }

    /** Makes what is needed now, then looks once an hour. What has no partition lands in one for all such. */
    void start() {
        tried(this::make);
        thread = Thread.ofVirtual().name("runs-retention").start(this::hourly);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        Thread looking = thread;
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void hourly() {
        Duration pause = FIRST;
        while (!stopping) {
            try {
                Thread.sleep(pause);
                pause = EVERY;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            tried(this::make);
            tried(() -> partitions.tidy(clock.instant(), config::runsOf));
        }
    }

    private void make() {
        partitions.make(classes(), clock.instant());
    }

    private List<Integer> classes() {
        IntStream own = config.tenants().values().stream().flatMapToInt(tenant -> tenant.days().stream());
        return Stream.concat(Stream.of(config.days()), own.boxed()).distinct().toList();
    }

    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf("the history's partitions could not be looked after, trying again later: %s", e.getMessage());
        }
    }
}
