package io.sluice.integrations.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.integrations.security.Caller;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Notes each change in the transaction that makes it: there is none without its note, and no note without its change. */
@Singleton
public class Audit {

    // As people see it; of secrets and URLs only that they are others than before.
    private static final String INTEGRATION = """
            select jsonb_strip_nulls(jsonb_build_object(
                       'name', i.name, 'description', i.description, 'categories', to_jsonb(i.categories),
                       'template', i.template_namespace || '/' || i.template_name || ':' || i.template_version,
                       'configuration', i.configuration,
                       'policy', i.policy,
                       'connections', (select jsonb_object_agg(ic.slot, c.name)
                                         from integration_connection ic join connection c on c.id = ic.connection_id and c.tenant = i.tenant
                                        where ic.integration_id = i.id),
                       'webhook', (select jsonb_build_object(
                                              'enabled', w.enabled, 'verification', w.verification,
                                              'secrets', left(md5(w.secrets::text), 8), 'methods', to_jsonb(w.methods),
                                              'maxBodyBytes', w.max_body_bytes, 'intake', w.intake,
                                              'url', left(w.token_sha256, 8))
                                     from webhook w where w.integration_id = i.id and w.tenant = i.tenant),
                       'schedules', (select jsonb_object_agg(s.id, s.settings || jsonb_build_object('words', s.words))
                                       from schedule s
                                      where s.integration_id = i.id and s.tenant = i.tenant)))
              from integration i
             where i.id = :id and i.tenant = :tenant
            """;

    private static final String CONNECTION = """
            select jsonb_build_object('name', name, 'kind', kind, 'settings', settings, 'limits', limits,
                                      'secrets', left(md5(sealed_scheduler), 8))
              from connection
             where id = :id and tenant = :tenant
            """;

    private static final String NOTE = """
            insert into audit (id, tenant, person, action, kind, subject, subject_name, changes)
            values (:id, :tenant, :person, :action, :kind, :subject, :name, :changes::jsonb)
            """;

    private static final String LIST = """
            select * from audit
             where tenant = :tenant
               and (:subject::text is null or subject = :subject)
               and (:person::text is null or person = :person)
               and (:after::uuid is null
                    or (at, id) < (select a.at, a.id from audit a where a.id = :after::uuid and a.tenant = :tenant))
             order by at desc, id desc
             limit :limit
            """;

    private final Jdbi jdbi;

    Audit(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** What is changed. */
    public enum Kind {
        INTEGRATION,
        CONNECTION,
        TEMPLATE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A change as it was noted.
     *
     * @param action {@code created}, {@code changed} or {@code deleted}
     * @param subject its id; of a template its reference
     * @param changes what differs
     */
    public record Entry(
            UUID id,
            Instant at,
            String person,
            String action,
            String kind,
            String subject,
            String name,
            List<Change> changes) {}

    /**
     * A part that differs.
     *
     * @param before empty when there was nothing
     * @param after empty when there is nothing any more
     */
    public record Change(String pointer, String before, String after) {}

    /** An integration with its webhook and schedules, as it is in this transaction; missing when there is none. */
    public static JsonNode integration(Handle handle, String tenant, UUID id) {
        return state(handle, INTEGRATION, tenant, id);
    }

    /** A connection, likewise. */
    public static JsonNode connection(Handle handle, String tenant, UUID id) {
        return state(handle, CONNECTION, tenant, id);
    }

    private static JsonNode state(Handle handle, String sql, String tenant, UUID id) {
        return handle.createQuery(sql)
                .bind("id", id)
                .bind("tenant", tenant)
                .mapTo(String.class)
                .findOne()
                .map(Json::parse)
                .orElse(MissingNode.getInstance());
    }

    /** A state that is not there is missing; the same states are no change. */
    public static void note(Handle handle, Caller caller, Kind kind, String subject, JsonNode before, JsonNode after) {
        ArrayNode changes = Difference.of(before, after);
        if (changes.isEmpty()) {
            return;
        }
        JsonNode named = after.isMissingNode() ? before : after;
        handle.createUpdate(NOTE)
                .bind("id", UUID.randomUUID())
                .bind("tenant", caller.tenant())
                .bind("person", caller.name())
                .bind("action", before.isMissingNode() ? "created" : after.isMissingNode() ? "deleted" : "changed")
                .bind("kind", kind.word())
                .bind("subject", subject)
                .bind("name", named.path("name").asText(subject))
                .bind("changes", changes.toString())
                .execute();
    }

    /**
     * The newest first.
     *
     * @param subject null for all
     * @param person null for all
     * @param cursor of the page before
     * @throws ProblemException when the cursor is none
     */
    public Page<Entry> list(
            String tenant, @Nullable String subject, @Nullable String person, @Nullable String cursor, int limit) {
        List<Entry> entries = jdbi.withHandle(handle -> handle.createQuery(LIST)
                .bind("tenant", tenant)
                .bind("subject", subject)
                .bind("person", person)
                .bind("after", uuid(cursor))
                .bind("limit", limit + 1)
                .map((row, context) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        row.getString("person"),
                        row.getString("action"),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getString("subject_name"),
                        changes(row.getString("changes"))))
                .list());
        boolean more = entries.size() > limit;
        List<Entry> page = more ? entries.subList(0, limit) : entries;
        return new Page<>(page, more ? page.getLast().id().toString() : null);
    }

    private static List<Change> changes(String json) {
        return Json.parse(json)
                .valueStream()
                .map(change -> new Change(
                        change.path("pointer").asText(), text(change.path("before")), text(change.path("after"))))
                .toList();
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "" : value.isTextual() ? value.textValue() : value.toString();
    }

    private static @Nullable String uuid(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(cursor).toString();
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?cursor", "follow the link of the page before");
        }
    }
}
