package io.sluice.run.schedule;

/** What becomes of a local time that does not exist on a day, because the clock was put forward. */
public enum InGap {
    /** It is moved by the length of the gap. */
    SHIFT,
    /** It is left out. */
    SKIP
}
