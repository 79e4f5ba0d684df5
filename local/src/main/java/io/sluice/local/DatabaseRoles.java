package io.sluice.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One database and one role for each service. A role can connect to its own database only. */
final class DatabaseRoles {

    private final DataSource superuser;
    private final StackSecrets secrets;

    DatabaseRoles(DataSource superuser, StackSecrets secrets) {
        this.superuser = superuser;
        this.secrets = secrets;
    }

    /** Can be repeated; sets the passwords each time, so that they always are those of the secrets file. */
    void create() throws SQLException {
        try (Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("revoke connect on database postgres, template1 from public");
            for (ServiceName service : ServiceName.values()) {
                create(statement, service);
            }
        }
    }

    private void create(Statement statement, ServiceName service) throws SQLException {
        String name = service.database();
        if (!exists(statement, "select 1 from pg_roles where rolname = '" + name + "'")) {
            statement.execute("create role " + name + " login");
        }
        statement.execute("alter role " + name + " password '" + secrets.databasePassword(service) + "'");
        if (!exists(statement, "select 1 from pg_database where datname = '" + name + "'")) {
            statement.execute("create database " + name + " owner " + name);
        }
        statement.execute("revoke all on database " + name + " from public");
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
