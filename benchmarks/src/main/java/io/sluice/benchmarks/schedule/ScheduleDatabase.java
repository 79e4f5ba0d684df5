package io.sluice.benchmarks.schedule;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.benchmarks.queue.Server;
import io.sluice.run.expression.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** All that the benchmarks know of the scheduler's tables. */
final class ScheduleDatabase {

    /** With one integration alone, the ends of all its runs would wait for one row: that of its newest run. */
    static final int INTEGRATIONS = 1_000;

    private static final String TENANT = "benchmark";

    private static final String FLOW = """
            insert into flow (digest, document) values ('done', '{
                "document": {"dsl": "1.0.3", "namespace": "benchmarks", "name": "done", "version": "1.0.0"},
                "evaluate": {"language": "jsonata"},
                "do": [{"done": {"set": {"ok": true}}}]}')
            """;

    private static final String DEPLOYMENTS = """
            insert into deployment (integration_id, tenant, revision, deleted, document)
            select md5('integration ' || i)::uuid, :tenant, 0, false,
                   :document::jsonb || jsonb_build_object('integrationId', md5('integration ' || i)::uuid)
              from generate_series(0, :integrations - 1) i
            """;

    // As the feed's own are stored: their anchors lie in the past, evenly over one interval, on full seconds.
    private static final String SCHEDULES = """
            insert into schedule (id, integration_id, tenant, settings)
            select md5('schedule ' || i)::uuid, md5('integration ' || i % :integrations)::uuid, :tenant,
                   :settings::jsonb || jsonb_build_object('activateOn', to_char(
                       (:anchor::timestamptz + i::bigint * :seconds / :schedules * interval '1 second') at time zone 'UTC',
                       'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
              from generate_series(0, :schedules - 1) i
            """;

    // The first instant that is not before the start.
    private static final String DUE = """
            insert into due (schedule_id, next_fire_at, nominal_at)
            select id, at, at
              from (select id, a + ceil(extract(epoch from :start::timestamptz - a) / :seconds) * :seconds * interval '1 second'
                               as at
                      from (select id, (settings ->> 'activateOn')::timestamptz as a from schedule) anchored) planned
            """;

    private final Server.Database database;
    private final Jdbi jdbi;

    private ScheduleDatabase(Server.Database database) {
        this.database = database;
        jdbi = Jdbi.create(database.jdbcUrl(), database.user(), "");
    }

    /** A new database with the tables as the service makes them, one flow, and the integrations. */
    static ScheduleDatabase create(Server server) {
        ScheduleDatabase created = new ScheduleDatabase(server.create());
        Path migrations = Path.of(System.getProperty("sluice.root", "."))
                .resolve("scheduler-service/src/main/resources/db/migration")
                .toAbsolutePath()
                .normalize();
        Flyway.configure()
                .dataSource(created.database.jdbcUrl(), created.database.user(), "")
                .locations("classpath:db/run", "filesystem:" + migrations)
                .load()
                .migrate();
        created.jdbi.useTransaction(handle -> {
            handle.execute(FLOW);
            handle.execute("insert into feed_position (epoch, revision) values ('benchmark', 0)");
            handle.createUpdate(DEPLOYMENTS)
                    .bind("tenant", TENANT)
                    .bind("document", document().toString())
                    .bind("integrations", INTEGRATIONS)
                    .execute();
        });
        // Before rows that refer to them, or each reference would be looked up in all of them.
        created.jdbi.useHandle(handle -> handle.execute("analyze deployment"));
        return created;
    }

    /** Without the integration's id. */
    private static ObjectNode document() {
        ObjectNode document = Json.MAPPER.createObjectNode();
        document.put("tenant", TENANT).put("revision", 0).put("deleted", false).put("name", "Benchmark");
        document.putObject("flow").put("template", "benchmarks/done:1.0.0").put("digest", "done");
        document.putObject("params");
        document.putObject("connections");
        document.putArray("schedules");
        return document;
    }

    private static ObjectNode settings(Duration every, String overlap) {
        return Json.MAPPER
                .createObjectNode()
                .put("enabled", true)
                .put("zone", "UTC")
                .put("every", every.toString())
                .put("catchUp", "last")
                .put("overlap", overlap);
    }

    Server.Database database() {
        return database;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** Schedules without their due instants, spread over the interval, a full second each. */
    void insertSchedules(int schedules, Duration every, String overlap) {
        Instant anchor = now().truncatedTo(ChronoUnit.SECONDS)
                .minus(every.multipliedBy(2))
                .minus(Duration.ofHours(1));
        jdbi.useHandle(handle -> handle.createUpdate(SCHEDULES)
                .bind("integrations", INTEGRATIONS)
                .bind("schedules", schedules)
                .bind("seconds", every.toSeconds())
                .bind("tenant", TENANT)
                .bind("settings", settings(every, overlap).toString())
                .bind("anchor", anchor.toString())
                .execute());
        jdbi.useHandle(handle -> handle.execute("vacuum analyze schedule"));
    }

    /** Makes each schedule due for the first time at or after the start. */
    void plan(Instant start, Duration every) {
        jdbi.useHandle(handle -> handle.createUpdate(DUE)
                .bind("start", start.toString())
                .bind("seconds", every.toSeconds())
                .execute());
        jdbi.useHandle(handle -> handle.execute("vacuum analyze due"));
    }

    /** What the feed says of an integration with one schedule; the revision is the feed's matter. */
    static ObjectNode deployment(UUID integration, UUID schedule, Instant anchor, Duration every) {
        ObjectNode document = document();
        document.put("integrationId", integration.toString());
        document.withArrayProperty("schedules")
                .addObject()
                .put("id", schedule.toString())
                .set("settings", settings(every, "skip").put("activateOn", anchor.toString()));
        return document;
    }

    /** By the database's clock, which is that of the ledger too. */
    Instant now() {
        return jdbi.withHandle(handle -> handle.createQuery("select clock_timestamp()")
                .map((row, context) -> row.getTimestamp(1).toInstant())
                .one());
    }
}
