package io.sluice.system.load;

import io.sluice.local.DatabaseServer;
import io.sluice.local.ServiceName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What a service's database holds of one integration. Each parameter of a statement is the integration's id. */
record ServiceDatabase(DatabaseServer server, ServiceName service, String integrationId) {

    @FunctionalInterface
    interface Row {
        void read(ResultSet row) throws SQLException;
    }

    void query(String sql, Row each) {
        try (Connection connection = connect();
                PreparedStatement statement = bound(connection, sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.read(rows);
            }
        } catch (SQLException e) {
            throw new AssertionError("the database of " + service + " cannot be read", e);
        }
    }

    void update(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = bound(connection, sql)) {
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError("the database of " + service + " cannot be written", e);
        }
    }

    private PreparedStatement bound(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
            statement.setString(i, integrationId);
        }
        return statement;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(service), service.database(), server.password(service));
    }
}
