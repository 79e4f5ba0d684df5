package io.sluice.contract.run;

import java.util.List;

/**
 * Replays of many runs, newest first; one for each service that has such runs.
 *
 * @param unavailable services that could not be asked, so that what is missing is never taken for none
 */
public record BulkReplays(List<BulkReplay> items, List<String> unavailable) {}
