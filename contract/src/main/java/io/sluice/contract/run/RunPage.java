package io.sluice.contract.run;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Runs of both trigger services, newest first.
 *
 * @param unavailable the services that could not be asked, so that what is missing is never taken for empty
 */
public record RunPage(
        List<RunSummary> items,
        @Schema(nullable = true) @Nullable String nextCursor,
        List<String> unavailable) {}
