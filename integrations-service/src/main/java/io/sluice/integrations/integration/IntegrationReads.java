package io.sluice.integrations.integration;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.Page;
import io.sluice.contract.integration.Integration;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.run.LastRun;
import io.sluice.contract.run.RunStatus;
import io.sluice.contract.run.TriggerKind;
import io.sluice.integrations.template.Template;
import io.sluice.integrations.template.TemplateStore;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Integrations as people see them: one and lists, always of one tenant. */
@Singleton
public class IntegrationReads {

    private static final String VIEW = """
            with seen as (
                select i.*,
                       i.template_namespace || '/' || i.template_name || ':' || i.template_version as template,
                       (select coalesce(jsonb_object_agg(ic.slot, ic.connection_id), '{}')
                          from integration_connection ic where ic.integration_id = i.id) as connections,
                       coalesce(w.enabled, false) as webhook_enabled,
                       array(select s.words from schedule s
                              where s.integration_id = i.id and s.enabled order by s.created_at, s.id) as words,
                       l.run_id, l.trigger, l.status as run_status, l.created_at as run_created_at, l.ended_at, l.error
                  from integration i
                  left join webhook w on w.integration_id = i.id
                  left join lateral (select * from last_run r
                                      where r.integration_id = i.id and r.tenant = i.tenant
                                      order by r.ended_at desc limit 1) l on true
                 where i.tenant = :tenant),
            judged as (
                select seen.*,
                       case when not webhook_enabled and cardinality(words) = 0 then 'off'
                            when run_status = 'failed' then 'failing'
                            else 'active' end as state
                  from seen)
            """;

    private static final String LIST = """
            , keyed as (select judged.*, %s as sort_key from judged)
            select * from keyed
             where (:text::text is null or name ilike :text or description ilike :text
                    or array_to_string(categories, ' ') ilike :text or template ilike :text)
               and (:category::text is null or :category = any(categories))
               and (:trigger::text is null or (:trigger = 'webhook' and webhook_enabled)
                    or (:trigger = 'schedule' and cardinality(words) > 0))
               and (:status::text is null or state = :status)
               and (:key::text is null or (sort_key, id) %s (:key, :id::uuid))
             order by sort_key %3$s, id %3$s
             limit :limit
            """;

    private static final Map<String, String> SORTS = Map.of(
            "name", "lower(name)",
            "updated", "to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
            "lastRun", "coalesce(to_char(ended_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '')");

    private final Jdbi jdbi;
    private final TemplateStore templates;

    public IntegrationReads(Jdbi jdbi, TemplateStore templates) {
        this.jdbi = jdbi;
        this.templates = templates;
    }

    /** What a list asks for; nulls do not filter. */
    public record Query(
            @Nullable String text,
            @Nullable String category,
            @Nullable String trigger,
            @Nullable String status,
            @Nullable String sort,
            @Nullable String cursor,
            int limit) {}

    public Optional<Integration> find(String tenant, UUID id) {
        return jdbi.withHandle(handle -> handle.createQuery(VIEW + "select * from judged where id = :id")
                .bind("tenant", tenant)
                .bind("id", id)
                .map((row, context) -> integration(row))
                .findOne());
    }

    /** An integration by its name. */
    public record Named(UUID id, String name) {}

    /** Some of these, by name. */
    public List<Named> named(String tenant, List<UUID> ids, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select id, name from integration
                         where tenant = :tenant and id = any(:ids::uuid[])
                         order by lower(name), id
                         limit :limit
                        """)
                .bind("tenant", tenant)
                .bindArray("ids", String.class, ids.stream().map(UUID::toString).toArray())
                .bind("limit", limit)
                .map((row, context) -> new Named(row.getObject("id", UUID.class), row.getString("name")))
                .list());
    }

    /** How many there are, by status. */
    public Map<String, Integer> counts(String tenant) {
        return jdbi.withHandle(handle -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            handle.createQuery(VIEW + "select state, count(*) as number from judged group by state")
                    .bind("tenant", tenant)
                    .map((row, context) -> Map.entry(row.getString("state"), row.getInt("number")))
                    .forEach(count -> counts.put(count.getKey(), count.getValue()));
            return counts;
        });
    }

    /** @throws ProblemException when a filter is unknown */
    public Page<Integration> list(String tenant, Query query) {
        oneOf("trigger", query.trigger(), List.of("webhook", "schedule"));
        oneOf("status", query.status(), List.of("active", "failing", "off"));
        String sort = query.sort() == null || query.sort().isBlank() ? "name" : query.sort();
        boolean descending = sort.startsWith("-");
        String expression = SORTS.get(descending ? sort.substring(1) : sort);
        if (expression == null) {
            throw ProblemException.field("?sort", "name, updated or lastRun, with - before it for descending");
        }
        Cursor after = Cursor.of(query.cursor());
        String sql = VIEW + LIST.formatted(expression, descending ? "<" : ">", descending ? "desc" : "asc");
        List<Row> rows = jdbi.withHandle(handle -> handle.createQuery(sql)
                .bind("tenant", tenant)
                .bind("text", blank(query.text()) ? null : "%" + escaped(query.text()) + "%")
                .bind("category", blank(query.category()) ? null : query.category())
                .bind("trigger", blank(query.trigger()) ? null : query.trigger())
                .bind("status", blank(query.status()) ? null : query.status())
                .bind("key", after == null ? null : after.key())
                .bind("id", after == null ? null : after.id().toString())
                .bind("limit", query.limit() + 1)
                .map((row, context) -> new Row(row.getString("sort_key"), integration(row)))
                .list());
        boolean more = rows.size() > query.limit();
        List<Row> page = more ? rows.subList(0, query.limit()) : rows;
        Row last = page.isEmpty() ? null : page.getLast();
        return new Page<>(
                page.stream().map(Row::integration).toList(),
                more && last != null ? new Cursor(last.key(), last.integration().id()).text() : null);
    }

    private record Row(String key, Integration integration) {}

    private record Cursor(String key, UUID id) {

        static @Nullable Cursor of(@Nullable String text) {
            if (blank(text)) {
                return null;
            }
            try {
                JsonNode parts = Json.parse(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
                return new Cursor(
                        parts.get(0).asText(), UUID.fromString(parts.get(1).asText()));
            } catch (IllegalArgumentException | NullPointerException e) {
                throw ProblemException.field("?cursor", "pass nextCursor of the page before, unchanged");
            }
        }

        String text() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Json.text(List.of(key, id.toString())).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String escaped(@Nullable String text) {
        return String.valueOf(text)
                .strip()
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
    }

    private static void oneOf(String name, @Nullable String value, List<String> known) {
        if (!blank(value) && !known.contains(value)) {
            throw ProblemException.field("?" + name, "one of " + String.join(", ", known));
        }
    }

    private Integration integration(ResultSet row) throws SQLException {
        String reference = row.getString("template");
        Template template = templates
                .find(row.getString("tenant"), reference)
                .orElseThrow(() -> new IllegalStateException("the foreign key holds " + reference));
        Map<String, UUID> connections = new LinkedHashMap<>();
        Json.parse(row.getString("connections"))
                .properties()
                .forEach(slot -> connections.put(
                        slot.getKey(), UUID.fromString(slot.getValue().asText())));
        return new Integration(
                row.getObject("id", UUID.class),
                reference,
                template.flow().title(),
                row.getString("name"),
                row.getString("description"),
                Arrays.asList((String[]) row.getArray("categories").getArray()),
                Json.parse(row.getString("configuration")),
                connections,
                template.triggers(),
                row.getString("state"),
                row.getBoolean("webhook_enabled"),
                Arrays.asList((String[]) row.getArray("words").getArray()),
                lastRun(row),
                row.getLong("revision"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("created_by"),
                row.getTimestamp("updated_at").toInstant(),
                row.getString("updated_by"));
    }

    private static @Nullable LastRun lastRun(ResultSet row) throws SQLException {
        if (row.getString("run_id") == null) {
            return null;
        }
        return new LastRun(
                row.getObject("run_id", UUID.class),
                TriggerKind.of(row.getString("trigger")),
                RunStatus.of(row.getString("run_status")),
                row.getTimestamp("run_created_at").toInstant(),
                row.getTimestamp("ended_at").toInstant(),
                row.getString("error"));
    }
}
