package io.sluice.scheduler.testsupport;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/** The service's database, looked at and changed from outside. */
public final class Database {

    private Database() {}

    public static long count(String sql, Object... values) {
        return Long.parseLong(text(sql, values));
    }

    public static boolean has(String sql, Object... values) {
        return count("select count(*) from (" + sql + ") found", values) > 0;
    }

    /** The one value that a query finds. */
    public static String text(String sql, Object... values) {
        try (Connection connection = connect("postgres");
                PreparedStatement statement = bound(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new AssertionError("nothing is found by " + sql);
            }
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void execute(String sql, Object... values) {
        execute("postgres", sql, values);
    }

    private static void execute(String database, String sql, Object... values) {
        try (Connection connection = connect(database);
                PreparedStatement statement = bound(connection, sql, values)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static Connection connect(String database) throws SQLException {
        String url = ConfigProvider.getConfig().getValue("sluice.db.url", String.class);
        return DriverManager.getConnection(url.replaceFirst("/postgres$", "/" + database), "postgres", "postgres");
    }
}
