package io.sluice.contract.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.contract.run.HttpRequestLog;
import io.sluice.contract.run.HttpResponseLog;
import org.jspecify.annotations.Nullable;

/** What came of a test call; secrets are masked. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionProbeResult(
        boolean accepted,
        String detail,
        @Nullable HttpRequestLog request,
        @Nullable HttpResponseLog response) {}
