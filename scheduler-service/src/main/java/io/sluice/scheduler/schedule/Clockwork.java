package io.sluice.scheduler.schedule;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.schedule.AdaptiveInterval;
import io.sluice.run.schedule.CatchUpPolicy;
import io.sluice.run.schedule.Jitter;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.OverlapPolicy;
import io.sluice.run.schedule.ScheduleRules;
import io.sluice.run.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule's settings, read once: what those who plan and fire it ask of them.
 *
 * @param settings as its owner has set them
 */
public record Clockwork(UUID id, ScheduleSettings settings, ScheduleSpec spec) {

    /** @throws ProblemException when the settings are not understood, or no more since a zone's rules have changed */
    public static Clockwork of(UUID id, ScheduleSettings settings, Instant now) {
        return new Clockwork(id, settings, ScheduleRules.stored(settings, now));
    }

    /** The first instant of the rule after this one, whether it fires or is left out. */
    public Optional<NextInstant.Fire> after(Instant instant) {
        return NextInstant.withSkipped(spec, instant, 1).stream().findFirst();
    }

    /** The first instant after this one that fires. */
    public Optional<NextInstant.Fire> firingAfter(Instant instant) {
        return NextInstant.after(spec, instant);
    }

    /** When an instant is due: the same each time, whoever asks. */
    public Instant dueAt(Instant nominal) {
        return Jitter.firesAt(id, nominal, spec);
    }

    public OverlapPolicy overlap() {
        return OverlapPolicy.of(settings);
    }

    /** @param once how a pause that has ended is caught up with; null as the settings say */
    public CatchUpPolicy catchUp(@Nullable String once) {
        return once == null ? CatchUpPolicy.of(settings) : CatchUpPolicy.of(settings, once);
    }

    /** Whether it has no instants of its own but goes by what its runs find. */
    public boolean isAdaptive() {
        return spec.adaptive() != null && settings.every() != null;
    }

    /** Whether an instant lies in a period in which it does not fire. */
    public boolean isExcluded(Instant at) {
        return spec.excluded().contains(at);
    }

    /** Whether it fires no more at that moment. */
    public boolean isOver(Instant at) {
        return spec.until() != null && at.isAfter(spec.until());
    }

    /**
     * The interval of an adaptive one that follows.
     *
     * @param current null before the first
     * @param found whether the last run has found something
     */
    public Duration pace(@Nullable Duration current, boolean found) {
        AdaptiveInterval bounds = Objects.requireNonNull(spec.adaptive());
        Duration every = Objects.requireNonNull(settings.every());
        return current == null ? every : bounds.next(current, found);
    }
}
