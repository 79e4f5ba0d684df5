package io.sluice.run.schedule;

import java.time.Instant;
import java.time.ZoneId;

/** A rule with its zone and the moment from which it counts. */
public record ScheduleSpec(Rule rule, Instant activateOn, ZoneId zone) {}
