package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs of both trigger services, newest first.
 *
 * @param unavailable the services that could not be asked, so that what is missing is never taken for empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPage(List<RunSummary> items, @Nullable String nextCursor, List<String> unavailable) {}
