package io.sluice.contract.run;

import java.util.List;
import java.util.UUID;

/**
 * The integrations whose newest run changed since {@code after}.
 *
 * @param position pass it as {@code after} the next time; opaque but ordered
 */
public record LastRunFeed(List<Entry> items, long position) {

    /** An integration's newest run. */
    public record Entry(UUID integrationId, String tenant, LastRun run) {}
}
