package io.sluice.run.schedule;

/** Which is meant of a local time that exists twice on a day, because the clock was put back. */
public enum InOverlap {
    FIRST,
    SECOND,
    BOTH
}
