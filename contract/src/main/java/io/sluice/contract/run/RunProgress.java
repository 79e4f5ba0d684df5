package io.sluice.contract.run;

import java.util.List;

/**
 * What happened to a run since a position.
 *
 * @param run its state now, without steps
 * @param steps the steps since, in their order
 * @param position pass it as {@code after} the next time
 */
public record RunProgress(Run run, List<Step> steps, long position) {}
