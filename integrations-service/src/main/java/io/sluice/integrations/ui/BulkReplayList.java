package io.sluice.integrations.ui;

import io.sluice.contract.run.BulkReplays;
import java.util.List;

/**
 * An integration's replays of many runs, newest first.
 *
 * @param logs the path of the integration's logs
 */
public record BulkReplayList(String logs, List<BulkReplayRow> rows, List<String> unavailable) {

    static BulkReplayList of(BulkReplays replays, String logs) {
        return new BulkReplayList(
                logs, replays.items().stream().map(BulkReplayRow::of).toList(), replays.unavailable());
    }

    public boolean isLive() {
        return rows.stream().anyMatch(BulkReplayRow::open);
    }
}
