package io.sluice.run.store;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/** The SQLSTATE behind something thrown. */
public final class SqlState {

    private SqlState() {}

    /** @return empty text where the database was not asked, nothing where it was not about it */
    public static Optional<String> of(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(Objects.requireNonNullElse(sql.getSQLState(), ""));
            }
        }
        return Optional.empty();
    }
}
