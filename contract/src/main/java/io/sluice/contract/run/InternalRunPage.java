package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Runs of one service, newest first.
 *
 * @param before id to ask on from, absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InternalRunPage(
        List<RunSummary> items, @Nullable UUID before) {}
