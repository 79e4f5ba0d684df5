package io.sluice.integrations.ui;

import io.sluice.contract.run.RunPage;
import java.time.Instant;
import java.util.List;

/**
 * A page of runs, newest first.
 *
 * @param logs the path of the integration's logs
 * @param ranges times that are asked for most
 * @param next the link to what is older, or empty
 * @param older whether there is newer than this
 * @param unavailable the services whose runs are missing
 */
public record RunList(
        String logs,
        RunFilter filter,
        List<RunFilter.Chip> ranges,
        List<RunRow> rows,
        String next,
        boolean older,
        List<String> unavailable) {

    static RunList of(RunPage page, String logs, RunFilter filter, boolean older, Instant now) {
        List<RunRow> rows =
                page.items().stream().map(run -> RunRow.of(run, logs, now)).toList();
        String cursor = page.nextCursor();
        String kept = filter.link().isEmpty() ? "" : filter.link() + "&";
        String next = cursor == null ? "" : logs + "?" + kept + "cursor=" + cursor;
        return new RunList(logs, filter, filter.ranges(now), rows, next, older, page.unavailable());
    }

    /** Nobody was asked, since the filter has to be mended first. */
    static RunList unasked(String logs, RunFilter filter) {
        return new RunList(logs, filter, List.of(), List.of(), "", false, List.of());
    }

    public boolean isLive() {
        return rows.stream().anyMatch(RunRow::open);
    }
}
