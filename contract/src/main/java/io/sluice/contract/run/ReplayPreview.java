package io.sluice.contract.run;

import java.util.List;

/**
 * What a replay of many runs would do.
 *
 * @param runs how many runs the filter finds
 * @param targets whom these runs called, most often called first, at most 50
 * @param unavailable services that could not be asked, so that what is missing is never taken for none
 */
public record ReplayPreview(long runs, List<Target> targets, List<String> unavailable) {

    /**
     * A host that the runs called.
     *
     * @param writes whether any of the calls was more than a read
     */
    public record Target(String host, long calls, boolean writes) {}
}
