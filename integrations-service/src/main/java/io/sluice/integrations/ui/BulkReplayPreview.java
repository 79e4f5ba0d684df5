package io.sluice.integrations.ui;

import io.sluice.contract.run.ReplayPreview;
import org.jspecify.annotations.Nullable;

/**
 * What a replay of many runs would do.
 *
 * @param logs the path of the integration's logs
 * @param found absent while the form has to be mended
 */
public record BulkReplayPreview(
        String logs, BulkReplayForm form, @Nullable ReplayPreview found) {

    /** Nothing is started unseen, and not where there is nothing. */
    public boolean isStartable() {
        return found != null && found.runs() > 0;
    }

    public String count() {
        long runs = found == null ? 0 : found.runs();
        return runs == 1 ? "1 run" : runs + " runs";
    }
}
