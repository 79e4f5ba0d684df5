package io.sluice.contract.run;

import java.util.List;

/**
 * Keys whose event failed for good, oldest first.
 *
 * @param unavailable services that could not be asked, so that what is missing is never taken for none
 */
public record ParkedKeys(List<ParkedKey> items, List<String> unavailable) {}
