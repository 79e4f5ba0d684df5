package io.sluice.contract.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response as it arrived, secrets masked.
 *
 * @param body text, cut at 64 KB
 * @param bodyBytes full size
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HttpResponseLog(
        int status, Map<String, String> headers, @Nullable String body, long bodyBytes) {}
