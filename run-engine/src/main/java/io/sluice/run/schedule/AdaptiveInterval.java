package io.sluice.run.schedule;

import java.time.Duration;

/** Bounds of an interval that gets shorter while runs find changes, and longer while they do not. */
public record AdaptiveInterval(Duration min, Duration max) {

    /** Half of it after a run that found changes, half as much again after one that found none, within the bounds. */
    public Duration next(Duration current, boolean changed) {
        Duration next = changed ? current.dividedBy(2) : current.plus(current.dividedBy(2));
        return next.compareTo(min) < 0 ? min : next.compareTo(max) > 0 ? max : next;
    }
}
