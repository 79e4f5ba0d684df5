package io.sluice.benchmarks.schedule;

import io.agroal.api.AgroalDataSource;
import io.sluice.benchmarks.queue.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import org.jdbi.v3.core.Jdbi;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.impl.jdbcjobstore.PostgreSQLDelegate;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/**
 * The peer Quartz with its clustered JDBC store. Its triggers ignore misfires: those that are late would else be handled
 * twenty at a time, apart from firing.
 */
final class QuartzFirer implements Firer {

    private static final String NAME = "benchmark";

    /** As many jobs as we have integrations. */
    private static final String JOBS = """
            insert into qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent,
                                          is_update_data, requests_recovery)
            select :name, 'job-' || i, 'benchmark', :class, true, false, false, false
              from generate_series(0, :jobs - 1) i
            """;

    private static final String TRIGGERS = """
            insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time,
                                       prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time,
                                       misfire_instr)
            select :name, 'trigger-' || i, 'benchmark', 'job-' || i % :jobs, 'benchmark', :now, -1, 5, 'WAITING', 'SIMPLE',
                   :now, 0, :ignore
              from generate_series(1, :schedules) i
            """;

    private static final String SIMPLE = """
            insert into qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval,
                                              times_triggered)
            select :name, 'trigger-' || i, 'benchmark', -1, :interval, 0 from generate_series(1, :schedules) i
            """;

    private static final LongAdder FIRED = new LongAdder();

    private final Server.Database database;
    private final int replicas;
    private final List<Scheduler> running = new ArrayList<>();

    QuartzFirer(Server server, int schedules, int replicas) {
        this.replicas = replicas;
        database = server.create();
        Jdbi.create(database.jdbcUrl(), database.user(), "").useHandle(handle -> {
            handle.createScript(tables()).executeAsSeparateStatements();
            handle.createUpdate(JOBS)
                    .bind("name", NAME)
                    .bind("class", Empty.class.getName())
                    .bind("jobs", ScheduleDatabase.INTEGRATIONS)
                    .execute();
            // Before rows that refer to them, or each reference would be looked up in all of them.
            handle.execute("analyze qrtz_job_details");
            handle.createUpdate(TRIGGERS)
                    .bind("name", NAME)
                    .bind("jobs", ScheduleDatabase.INTEGRATIONS)
                    .bind("now", InstantSource.system().millis())
                    .bind("ignore", Trigger.MISFIRE_INSTRUCTION_IGNORE_MISFIRE_POLICY)
                    .bind("schedules", schedules)
                    .execute();
            handle.execute("analyze qrtz_triggers");
            handle.createUpdate(SIMPLE)
                    .bind("name", NAME)
                    .bind("interval", EVERY.toMillis())
                    .bind("schedules", schedules)
                    .execute();
            handle.execute("vacuum analyze");
        });
    }

    /** As it comes with Quartz. */
    private static String tables() {
        try (InputStream script = Objects.requireNonNull(
                JobStoreTX.class.getResourceAsStream("tables_postgres.sql"), "Quartz' script of its tables")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is fired. */
    public static final class Empty implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            FIRED.increment();
        }
    }

    /** Agroal, as all subjects have it. */
    private record Pool(AgroalDataSource source) implements ConnectionProvider {
        @Override
        public Connection getConnection() throws SQLException {
            return source.getConnection();
        }

        @Override
        public void shutdown() {
            source.close();
        }

        @Override
        public void initialize() {
            // It is there already.
        }
    }

    private Scheduler scheduler(int replica) throws SchedulerException {
        String source = database.name() + "-" + replica;
        DBConnectionManager.getInstance().addConnectionProvider(source, new Pool(Server.pool(database)));
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", NAME);
        properties.setProperty("org.quartz.scheduler.instanceId", "replica-" + replica);
        properties.setProperty("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(WORKERS));
        properties.setProperty("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(WORKERS));
        properties.setProperty("org.quartz.jobStore.class", JobStoreTX.class.getName());
        properties.setProperty("org.quartz.jobStore.driverDelegateClass", PostgreSQLDelegate.class.getName());
        properties.setProperty("org.quartz.jobStore.dataSource", source);
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        // Batches need it, by its documentation.
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        // One name for the cluster, but this process would give out the first scheduler of that name again.
        SchedulerRepository.getInstance().remove(NAME);
        return scheduler;
    }

    @Override
    public Found measure(Duration warmUp, Duration time) {
        try {
            for (int replica = 1; replica <= replicas; replica++) {
                running.add(scheduler(replica));
            }
            for (Scheduler scheduler : running) {
                scheduler.start();
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
        return Found.ofPeer(Counting.perSecond(FIRED, warmUp, time));
    }

    @Override
    public void close() {
        try {
            for (Scheduler scheduler : running) {
                scheduler.shutdown(true);
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
