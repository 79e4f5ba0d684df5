package io.sluice.integrations.connection;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What uses connections, and must learn when one changes. */
public interface ConnectionUsers {

    /** Locks the integrations that use a connection, in the order of their ids, until the transaction ends. */
    List<UUID> lockUsersOf(Handle handle, String tenant, UUID connectionId);

    /** The same, as they are now and without a lock. */
    List<UUID> usersOf(Handle handle, String tenant, UUID connectionId);

    /** Puts them in force again, each with a new revision; the last statements of the transaction. */
    void redeploy(Handle handle, String tenant, List<UUID> integrations);
}
