package io.sluice.scheduler.schedule;

import io.sluice.contract.schedule.ScheduleSettings;
import io.sluice.run.schedule.NextInstant;
import io.sluice.run.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A schedule's settings, read once: what the dispatcher asks of them.
 *
 * @param settings as its owner has set them
 */
public record Clockwork(UUID id, ScheduleSettings settings, ScheduleSpec spec) {

    /** @throws io.sluice.contract.problem.ProblemException when the settings are not understood */
    public static Clockwork of(UUID id, ScheduleSettings settings, Instant now) {
        return new Clockwork(id, settings, ScheduleSink.spec(settings, now));
    }

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST = 100;

    /** What is done about instants that went by. */
    public enum CatchUpPolicy {
        NONE,
        LAST,
        ALL;

        public static CatchUpPolicy of(@Nullable String wireName) {
            return wireName == null ? LAST : valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /** What is done about an instant whose schedule's last run still goes on. */
    public enum Overlap {
        SKIP("skip"),
        QUEUE_ONE("queueOne"),
        QUEUE_ALL("queueAll"),
        CANCEL_RUNNING("cancelRunning"),
        ALLOW("allow");

        private final String wireName;

        Overlap(String wireName) {
            this.wireName = wireName;
        }

        public static Overlap of(@Nullable String wireName) {
            for (Overlap overlap : values()) {
                if (overlap.wireName.equals(wireName)) {
                    return overlap;
                }
            }
            return SKIP;
        }
    }

    /**
     * An instant of the rule.
     *
     * @param leftOut why it does not fire; null when it does
     */
    public record Fire(Instant at, @Nullable String leftOut) {}

    public Optional<Fire> after(Instant instant) {
        return NextInstant.after(spec, instant).map(fire -> new Fire(fire.at(), null));
    }

    /** When an instant is due: the same each time, whoever asks. */
    public Instant dueAt(Instant nominal) {
        return nominal;
    }

    /** Why an instant does not fire though it is due; null when it does. */
    public @Nullable String leftOut(Instant at) {
        return null;
    }

    public boolean isAdaptive() {
        return settings.adaptive() != null && settings.every() != null;
    }

    /**
     * The interval that follows.
     *
     * @param current null before the first
     * @param found whether the last run has found something
     */
    public Duration pace(@Nullable Duration current, boolean found) {
        return Duration.ofSeconds(1);
    }

    /** Whether it fires no more at that moment. */
    public boolean isOver(Instant at) {
        return false;
    }

    public Overlap overlap() {
        return Overlap.of(settings.overlap());
    }

    public CatchUpPolicy catchUp() {
        return CatchUpPolicy.of(settings.catchUp());
    }

    /** How old an instant may be and still be caught up with. */
    public Duration window(CatchUpPolicy policy) {
        Duration set = settings.catchUpWindow();
        return set != null ? set : policy == CatchUpPolicy.ALL ? DAY : Duration.ofDays(366_000);
    }

    public int mostCaughtUp() {
        return Objects.requireNonNullElse(settings.catchUpMost(), MOST);
    }

    public Duration catchUpEvery() {
        return Objects.requireNonNullElse(settings.catchUpEvery(), Duration.ofSeconds(1));
    }
}
