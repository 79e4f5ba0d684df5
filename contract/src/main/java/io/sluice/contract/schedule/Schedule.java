package io.sluice.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule with its words.
 *
 * @param words the rule in plain English
 * @param nextAt the next instant, absent when it is off
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(
        UUID id,
        @JsonUnwrapped ScheduleSettings settings,
        String words,
        @Nullable Instant nextAt) {}
