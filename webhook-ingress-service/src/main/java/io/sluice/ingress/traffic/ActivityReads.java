package io.sluice.ingress.traffic;

import io.sluice.contract.webhook.WebhookActivity;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** What comes in at endpoints, and what does not though it should. */
@Singleton
class ActivityReads {

    private static final String URLS = """
            select t.valid_until, coalesce(a.accepted + a.duplicate + a.filtered + a.captured, 0) as calls, a.last_call_at
              from endpoint_token t
              join deployment d on d.integration_id = t.integration_id and d.tenant = :tenant and not d.deleted
              left join endpoint_activity a on a.sha256 = t.sha256
             where t.integration_id = :id and (t.valid_until is null or t.valid_until > now())
             order by t.valid_until nulls first
            """;

    private static final String COUNTS = """
            select coalesce(sum(accepted), 0) as accepted, coalesce(sum(duplicate), 0) as duplicate,
                   coalesce(sum(filtered), 0) as filtered, coalesce(sum(refused), 0) as refused,
                   coalesce(sum(handshake), 0) as handshake, coalesce(sum(captured), 0) as captured,
                   max(last_call_at) as last_call_at
              from endpoint_activity where integration_id = :id and tenant = :tenant
            """;

    // A call is missed from the last one on, or from when it began to be waited for.
    private static final String EXPECTED = """
            select e.integration_id, e.tenant, extract(epoch from e.every)::bigint as seconds,
                   greatest(e.since, (select max(a.last_call_at) from endpoint_activity a
                                       where a.integration_id = e.integration_id)) + e.every as due_at,
                   now() as now
              from expected_call e
            """;

    private static final String OVERDUE = "select integration_id, count(*) over () as total from ("
            + EXPECTED
            + ") w where due_at < now order by due_at limit :most";

    private final Jdbi jdbi;

    ActivityReads(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    WebhookActivity of(String tenant, UUID integrationId) {
        return jdbi.withHandle(handle -> {
            List<WebhookActivity.UrlActivity> urls = handle.createQuery(URLS)
                    .bind("id", integrationId)
                    .bind("tenant", tenant)
                    .map((row, context) -> url(row))
                    .list();
            Optional<Expected> expected = handle.createQuery(
                            EXPECTED + " where e.integration_id = :id and e.tenant = :tenant")
                    .bind("id", integrationId)
                    .bind("tenant", tenant)
                    .map((row, context) -> new Expected(
                            Duration.ofSeconds(row.getLong("seconds")),
                            row.getTimestamp("due_at").toInstant(),
                            row.getTimestamp("now").toInstant()))
                    .findOne();
            return handle.createQuery(COUNTS)
                    .bind("id", integrationId)
                    .bind("tenant", tenant)
                    .map((row, context) -> activity(urls, row, expected))
                    .one();
        });
    }

    private record Expected(Duration every, Instant dueAt, Instant now) {
        boolean isOverdue() {
            return dueAt.isBefore(now);
        }
    }

    private static WebhookActivity activity(
            List<WebhookActivity.UrlActivity> urls, ResultSet row, Optional<Expected> expected) throws SQLException {
        return new WebhookActivity(
                urls,
                new WebhookActivity.Counts(
                        row.getLong("accepted"),
                        row.getLong("duplicate"),
                        row.getLong("filtered"),
                        row.getLong("refused"),
                        row.getLong("handshake"),
                        row.getLong("captured")),
                instant(row, "last_call_at"),
                expected.map(Expected::every).orElse(null),
                expected.map(Expected::isOverdue).orElse(false),
                expected.filter(Expected::isOverdue).map(Expected::dueAt).orElse(null));
    }

    private static WebhookActivity.UrlActivity url(ResultSet row) throws SQLException {
        Instant until = instant(row, "valid_until");
        return new WebhookActivity.UrlActivity(
                until == null, until, row.getLong("calls"), instant(row, "last_call_at"));
    }

    /**
     * Endpoints that nobody calls though they say that somebody should.
     *
     * @param longest those that have waited longest
     */
    record Overdue(long count, List<UUID> longest) {}

    Overdue overdue(int most) {
        return jdbi.withHandle(handle -> {
            List<Silent> silent = handle.createQuery(OVERDUE)
                    .bind("most", most)
                    .map((row, context) ->
                            new Silent(row.getObject("integration_id", UUID.class), row.getLong("total")))
                    .list();
            return new Overdue(
                    silent.isEmpty() ? 0 : silent.getFirst().total(),
                    silent.stream().map(Silent::integrationId).toList());
        });
    }

    private record Silent(UUID integrationId, long total) {}

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
