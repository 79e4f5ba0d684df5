package io.sluice.integrations.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's database, looked at and filled from outside. */
public final class Tables {

    private Tables() {}

    /** Names of the tables that hold a text anywhere. */
    public static List<String> containing(String text) {
        List<String> tables = new ArrayList<>();
        try (Connection connection = connect("postgres");
                ResultSet names = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
            while (names.next()) {
                String table = names.getString("TABLE_NAME");
                try (PreparedStatement rows = connection.prepareStatement(
                        "select 1 from " + table + " t where strpos(t::text, ?) > 0 limit 1")) {
                    rows.setString(1, text);
                    if (rows.executeQuery().next()) {
                        tables.add(table);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    public static int execute(String sql, Object... values) {
        return execute("postgres", sql, values);
    }

    /** Nobody gets in, and who is in is thrown out. */
    public static void away() {
        execute("template1", "alter database postgres allow_connections false");
        execute(
                "template1",
                "do $$ begin perform pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = 'postgres' and pid <> pg_backend_pid(); end $$");
    }

    public static void back() {
        execute("template1", "alter database postgres allow_connections true");
    }

    private static int execute(String database, String sql, Object... values) {
        try (Connection connection = connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect(String database) throws SQLException {
        String url = ConfigProvider.getConfig().getValue("sluice.db.url", String.class);
        return DriverManager.getConnection(url.replaceFirst("/postgres$", "/" + database), "postgres", "postgres");
    }
}
