package io.sluice.ingress.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/** What is kept of a call that has started runs. */
record AcceptedRow(
        UUID id,
        LocalDate keepUntil,
        CallCopy call,
        @Nullable String eventId,
        List<UUID> runIds) {

    // Arrays, one a column: one statement for any number of rows, and the bodies go as they are.
    private static final String INSERT = """
            insert into accepted_call (id, keep_until, tenant, integration_id, received_at, status, method, query, headers, body,
                                       sender, event_id, run_ids, previous_url)
            select u.id, u.keep_until, u.tenant, u.integration_id, to_timestamp(u.received_at / 1000.0), u.status, u.method, u.query,
                   u.headers::jsonb, u.body, u.sender, u.event_id, u.run_ids::uuid[], u.previous_url
              from unnest(?::uuid[], ?::date[], ?::text[], ?::uuid[], ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::text[],
                          ?::bytea[], ?::text[], ?::text[], ?::text[], ?::boolean[])
                as u (id, keep_until, tenant, integration_id, received_at, status, method, query, headers, body, sender, event_id,
                      run_ids, previous_url)
            """;

    static AcceptedRow of(PendingCall pending, List<UUID> runIds) {
        int days = pending.runs().getFirst().run().terms().retentionDays();
        return new AcceptedRow(
                pending.id(),
                // A day more than the run, as its partition goes by whole days.
                LocalDate.ofInstant(pending.call().receivedAt(), ZoneOffset.UTC).plusDays(days + 1L),
                pending.call(),
                pending.eventId().orElse(null),
                runIds);
    }

    static void insert(Handle handle, List<AcceptedRow> rows) {
        Connection connection = handle.getConnection();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            Columns columns = new Columns(connection, insert, rows);
            columns.texts(row -> row.id().toString());
            columns.texts(row -> row.keepUntil().toString());
            columns.texts(row -> row.call().tenant());
            columns.texts(row -> row.call().integrationId().toString());
            columns.of("bigint", row -> row.call().receivedAt().toEpochMilli());
            columns.of("integer", row -> row.call().status());
            columns.texts(row -> row.call().method());
            columns.texts(row -> row.call().query());
            columns.texts(row -> row.call().headers());
            columns.bytes(row -> row.call().body());
            columns.texts(row -> row.call().sender());
            columns.texts(AcceptedRow::eventId);
            columns.texts(row -> row.runIds().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
            columns.of("boolean", row -> row.call().previousUrl());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    /** Binds one column after the other. */
    private static final class Columns {
        private final Connection connection;
        private final PreparedStatement statement;
        private final List<AcceptedRow> rows;
        private int bound;

        Columns(Connection connection, PreparedStatement statement, List<AcceptedRow> rows) {
            this.connection = connection;
            this.statement = statement;
            this.rows = rows;
        }

        void texts(Function<AcceptedRow, @Nullable String> value) throws SQLException {
            statement.setArray(
                    ++bound,
                    // As strings the driver sends them as they are; as objects it would quote them all.
                    connection.createArrayOf("text", rows.stream().map(value).toArray(String[]::new)));
        }

        void of(String type, Function<AcceptedRow, Object> value) throws SQLException {
            statement.setArray(
                    ++bound,
                    connection.createArrayOf(type, rows.stream().map(value).toArray()));
        }

        void bytes(Function<AcceptedRow, byte[]> value) throws SQLException {
            statement.setArray(
                    ++bound,
                    connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new)));
        }
    }
}
