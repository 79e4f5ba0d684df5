package io.sluice.benchmarks.queue;

import io.agroal.api.AgroalDataSource;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.jobs.mappers.JobMapper;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;
import org.jspecify.annotations.Nullable;

/** The peer JobRunr in its open edition, whose shortest polling interval is five seconds. */
final class JobRunrQueue implements JobQueue {

    private final AgroalDataSource pool;
    private final Jdbi jdbi;
    private final JacksonJsonMapper json = new JacksonJsonMapper();
    private final PostgresStorageProvider storage;
    private final JobRequestScheduler client;
    private @Nullable BackgroundJobServer server;

    JobRunrQueue(Server postgres) {
        pool = postgres.database();
        jdbi = Jdbi.create(pool);
        storage = new PostgresStorageProvider(pool);
        storage.setJobMapper(new JobMapper(json));
        client = new JobRequestScheduler(storage);
    }

    /** A job. */
    public static final class Order implements JobRequest {
        @Override
        public Class<OrderHandler> getJobRequestHandler() {
            return OrderHandler.class;
        }
    }

    /** What a job does. */
    public static final class OrderHandler implements JobRequestHandler<Order> {
        @Override
        public void run(Order order) {
            Work.execute();
        }
    }

    @Override
    public String name() {
        return "JobRunr";
    }

    @Override
    public void enqueue(int jobs) {
        client.enqueue(Stream.generate(Order::new).limit(jobs));
    }

    @Override
    public void start() {
        BackgroundJobServer started = new BackgroundJobServer(
                storage,
                json,
                null,
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(WORKERS)
                        .andPollInterval(Duration.ofSeconds(5)));
        server = started;
        started.start();
    }

    @Override
    public boolean isDone() {
        return !jdbi.withHandle(handle -> handle.createQuery(
                        "select exists (select 1 from jobrunr_jobs where state in ('ENQUEUED', 'PROCESSING', 'SCHEDULED'))")
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public Optional<Latency> latency() {
        return Optional.empty();
    }

    @Override
    public void close() {
        storage.close();
        pool.close();
    }
}
