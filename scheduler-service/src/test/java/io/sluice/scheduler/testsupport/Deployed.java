package io.sluice.scheduler.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.deployment.Deployment;
import io.sluice.run.deployment.DeploymentSink;
import io.sluice.run.expression.Json;
import io.sluice.run.store.DeploymentStore;
import io.sluice.run.store.FlowStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** An integration with its schedules, put in force as a page of the deployments feed does it. */
public final class Deployed {

    private static final String FLOW = """
            {"document": {"dsl": "1.0.3", "namespace": "tests", "name": "done", "version": "1.0.0"},
             "evaluate": {"language": "jsonata"},
             "do": [{"done": {"set": {"ok": true}}}]}
            """;

    private final Jdbi jdbi;
    private final DeploymentSink sink;
    private final UUID integrationId = UUID.randomUUID();
    private final String tenant = "t-" + UUID.randomUUID();
    private final ObjectNode document = Json.MAPPER.createObjectNode();
    private final ArrayNode schedules;
    private long revision;

    public Deployed(Jdbi jdbi, DeploymentSink sink) {
        this.jdbi = jdbi;
        this.sink = sink;
        document.put("integrationId", integrationId.toString());
        document.put("tenant", tenant);
        document.put("deleted", false);
        document.put("name", "Tested");
        document.putObject("flow").put("template", "tests/done:1.0.0").put("digest", "done");
        document.putObject("params");
        document.putObject("connections");
        schedules = document.putArray("schedules");
    }

    /** A schedule that begins on a full second of the past; not in force yet. */
    public UUID add(String every, Instant activateOn) {
        return add(every, activateOn, "last", "skip");
    }

    public UUID add(String every, Instant activateOn, String catchUp, String overlap) {
        UUID id = UUID.randomUUID();
        schedules
                .addObject()
                .put("id", id.toString())
                .putObject("settings")
                .put("enabled", true)
                .put("activateOn", activateOn.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("zone", "UTC")
                .put("every", every)
                .put("catchUp", catchUp)
                .put("overlap", overlap);
        return id;
    }

    /** Changes a setting of the schedule that was added last. */
    public Deployed set(String setting, Object value) {
        ((ObjectNode) schedules.get(schedules.size() - 1).path("settings")).putPOJO(setting, value);
        return this;
    }

    public Deployed removeLast() {
        schedules.remove(schedules.size() - 1);
        return this;
    }

    public Deployed deploy() {
        return deploy(null);
    }

    /** @param problem why this version cannot run it */
    public Deployed deploy(@Nullable String problem) {
        document.put("revision", ++revision);
        JsonNode raw = Json.parse(document.toString());
        jdbi.useTransaction(handle -> {
            FlowStore.put(handle, "done", Json.parse(FLOW));
            DeploymentStore.upsert(handle, raw, problem);
            sink.apply(handle, problem == null ? Json.parse(raw.toString(), Deployment.class) : null, raw);
        });
        return this;
    }

    public void delete() {
        document.put("revision", ++revision).put("deleted", true);
        jdbi.useTransaction(handle -> {
            DeploymentStore.upsert(handle, document, null);
            sink.remove(handle, integrationId);
        });
    }

    public UUID integrationId() {
        return integrationId;
    }

    public String tenant() {
        return tenant;
    }

    /** Makes a schedule due as if its instant had come at this moment. */
    public static void due(UUID schedule, Instant at) {
        Database.execute(
                "update due set next_fire_at = ?::timestamptz, nominal_at = null where schedule_id = ?",
                at.toString(),
                schedule);
    }

    public static Instant next(UUID schedule) {
        return Instant.parse(Database.text(
                "select to_char(next_fire_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from due"
                        + " where schedule_id = ?",
                schedule));
    }

    public static boolean isScheduled(UUID schedule) {
        return Database.has("select 1 from due where schedule_id = ?", schedule);
    }

    /** How many instants of a schedule ended so. */
    public static long outcomes(UUID schedule, String outcome) {
        return Database.count("select count(*) from firing where schedule_id = ? and outcome = ?", schedule, outcome);
    }
}
