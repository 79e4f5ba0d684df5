package io.sluice.system.load;

import io.sluice.local.DatabaseServer;
import io.sluice.local.ServiceName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the scheduler has planned for an integration, as its database holds it. */
public final class Plans {

    private static final String NEXT = """
            select d.schedule_id, d.nominal_at from due d join schedule s on s.id = d.schedule_id
             where s.integration_id = ?::uuid
            """;

    private static final String STATE = """
            select s.id || ' ' || s.version || ' ' || s.settings || ' ' || coalesce(d.nominal_at::text, '') || ' '
                   || coalesce(d.version::text, '') || ' ' || (select count(*) from firing f where f.schedule_id = s.id)
              from schedule s left join due d on d.schedule_id = s.id
             where s.integration_id = ?::uuid
             order by s.id
            """;

    private static final String MOVE_BACK = """
            update due d
               set nominal_at = d.nominal_at - ? * interval '1 second', next_fire_at = d.next_fire_at - ? * interval '1 second'
              from schedule s
             where s.id = d.schedule_id and s.integration_id = ?::uuid
            """;

    private final DatabaseServer database;
    private final String integrationId;

    public Plans(DatabaseServer database, String integrationId) {
        this.database = database;
        this.integrationId = integrationId;
    }

    /** The next instant of each schedule. */
    public Map<UUID, Instant> next() {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(NEXT)) {
            statement.setString(1, integrationId);
            Map<UUID, Instant> next = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    next.put(rows.getObject(1, UUID.class), rows.getTimestamp(2).toInstant());
                }
            }
            return next;
        } catch (SQLException e) {
            throw new AssertionError("the scheduler's database cannot be read", e);
        }
    }

    /** All there is of each schedule in one line: settings, what is planned, and how many instants are over. */
    public List<String> state() {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(STATE)) {
            statement.setString(1, integrationId);
            List<String> state = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    state.add(rows.getString(1));
                }
            }
            return state;
        } catch (SQLException e) {
            throw new AssertionError("the scheduler's database cannot be read", e);
        }
    }

    /** As if the scheduler had been down for so long. */
    public void moveBack(Duration downtime) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(MOVE_BACK)) {
            statement.setLong(1, downtime.toSeconds());
            statement.setLong(2, downtime.toSeconds());
            statement.setString(3, integrationId);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError("the scheduler's database cannot be written", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl(ServiceName.SCHEDULER),
                ServiceName.SCHEDULER.database(),
                database.password(ServiceName.SCHEDULER));
    }
}
