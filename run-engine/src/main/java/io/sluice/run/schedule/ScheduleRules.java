package io.sluice.run.schedule;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.schedule.ScheduleSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what a person wrote into a rule, or says per field what is wrong with it. */
public final class ScheduleRules {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private final FieldProblems problems = new FieldProblems();
    private final ScheduleSettings settings;
    private final Instant now;
    private final ZoneId defaultZone;

    private ScheduleRules(ScheduleSettings settings, Instant now, ZoneId defaultZone) {
        this.settings = settings;
        this.now = now;
        this.defaultZone = defaultZone;
    }

    /**
     * Reads settings that are to be saved; without a zone they mean UTC.
     *
     * @param now taken where {@code activateOn} is left out
     * @param minimum shortest interval that the template allows
     * @throws ProblemException with every field that needs another value
     */
    public static ScheduleSpec read(ScheduleSettings settings, Instant now, Duration minimum) {
        return read(settings, now, minimum, UTC);
    }

    /**
     * Reads settings that are to be saved.
     *
     * @param defaultZone the person's zone
     * @throws ProblemException with every field that needs another value
     */
    public static ScheduleSpec read(ScheduleSettings settings, Instant now, Duration minimum, ZoneId defaultZone) {
        ScheduleRules rules = new ScheduleRules(settings, now, defaultZone);
        ScheduleSpec spec = rules.spec();
        rules.fires(spec);
        rules.interval(spec, minimum);
        rules.throwIfAny();
        return spec;
    }

    /**
     * Reads settings that were accepted before, without asking again whether they ever fire and how often.
     *
     * @param now taken where {@code activateOn} is left out
     * @throws ProblemException when they cannot be read any more
     */
    public static ScheduleSpec stored(ScheduleSettings settings, Instant now) {
        return new ScheduleRules(settings, now, UTC).spec();
    }

    /**
     * Why settings that were accepted before cannot be read any more, for the note of a pause: a zone may have left the
     * time zone database, or another version may have written what this one does not know.
     *
     * @return empty when they can be read
     */
    public static Optional<String> unreadable(ScheduleSettings settings) {
        try {
            // Any moment will do, as none is computed from it.
            stored(settings, Instant.EPOCH);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of("The rule cannot be read any more. " + e.detail());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.of("The rule cannot be computed any more: " + e.getMessage());
        }
    }

    private ScheduleSpec spec() {
        ZoneId zone = zone();
        Moments moments = new Moments(zone, problems);
        Instant activateOn = activateOn(moments);
        Instant until = until(moments, activateOn);
        new PolicyCheck(settings, problems).run();
        AdaptiveInterval adaptive = adaptive();
        Exclusions excluded = new ExclusionReader(moments, problems).read(settings.excluded());
        Rule rule = new RuleReader(settings, moments, problems).read();
        throwIfAny();
        return new ScheduleSpec(
                Objects.requireNonNull(rule),
                activateOn,
                until,
                zone,
                "skip".equals(settings.inGap()) ? InGap.SKIP : InGap.SHIFT,
                switch (String.valueOf(settings.inOverlap())) {
                    case "second" -> InOverlap.SECOND;
                    case "both" -> InOverlap.BOTH;
                    default -> InOverlap.FIRST;
                },
                excluded,
                Objects.requireNonNullElse(settings.jitter(), Duration.ZERO),
                adaptive);
    }

    private ZoneId zone() {
        String name = settings.zone();
        try {
            return name == null ? defaultZone : ZoneId.of(name);
        } catch (DateTimeException e) {
            problems.add(
                    "/zone",
                    "“" + name + "” is no time zone; "
                            + ZoneNames.nearest(String.valueOf(name))
                                    .map(nearest -> "is " + nearest + " meant?")
                                    .orElse("use an IANA name such as Australia/Sydney"));
            return UTC;
        }
    }

    private Instant activateOn(Moments moments) {
        Instant saving = now.truncatedTo(ChronoUnit.SECONDS);
        if (settings.activateOn() == null) {
            return saving;
        }
        Moments.Moment moment = moments.read("/activateOn", settings.activateOn());
        return moment == null ? saving : moment.at();
    }

    private @Nullable Instant until(Moments moments, Instant activateOn) {
        if (settings.until() == null) {
            return null;
        }
        Moments.Moment moment = moments.read("/until", settings.until());
        if (moment == null) {
            return null;
        }
        // The end of what a clock shows twice is its second time: it is inclusive.
        LocalDateTime local = moment.local();
        Instant until = local == null ? moment.at() : moments.instants(local).getLast();
        if (settings.activateOn() != null && until.isBefore(activateOn)) {
            problems.add("/until", "lies before activateOn; give a later moment, or leave it out");
        }
        return until;
    }

    private @Nullable AdaptiveInterval adaptive() {
        ScheduleSettings.Adaptive adaptive = settings.adaptive();
        if (adaptive == null) {
            return null;
        }
        if (settings.every() == null) {
            problems.add("/adaptive", "goes with every, which is what it starts from; leave it out, or use every");
            return null;
        }
        if (adaptive.min() == null || adaptive.max() == null) {
            problems.add(adaptive.min() == null ? "/adaptive/min" : "/adaptive/max", "a duration such as PT1M");
            return null;
        }
        problems.between("/adaptive/min", adaptive.min(), Duration.ofSeconds(1), settings.every());
        problems.between("/adaptive/max", adaptive.max(), settings.every(), Duration.ofDays(365));
        return new AdaptiveInterval(adaptive.min(), adaptive.max());
    }

    private void fires(ScheduleSpec spec) {
        if (NextInstant.after(spec, now).isPresent()) {
            return;
        }
        if (spec.until() != null && spec.until().isBefore(now)) {
            problems.add("/until", "this never fires: its end is over");
        } else {
            problems.add(
                    field(spec.rule()),
                    spec.rule() instanceof Rule.Once
                            ? "this never fires: the moment is over, or left out"
                            : "this never fires");
        }
    }

    /** Looks at what the rule does rather than at how it is written: a cron expression may be as frequent. */
    private void interval(ScheduleSpec spec, Duration minimum) {
        Duration shortest = ShortestInterval.of(spec).orElse(null);
        if (shortest == null) {
            return;
        }
        if (shortest.compareTo(minimum) < 0) {
            problems.add(
                    spec.adaptive() == null ? field(spec.rule()) : "/adaptive/min",
                    "the template allows no interval shorter than " + minimum + "; this one has " + shortest);
        }
        if (spec.jitter().compareTo(shortest) >= 0) {
            problems.add("/jitter", "must be shorter than the rule's shortest interval, which is " + shortest);
        }
    }

    private static String field(Rule rule) {
        return switch (rule) {
            case Rule.Every _ -> "/every";
            case Rule.Daily _ -> "/daily/at";
            case Rule.Weekly _ -> "/weekly/at";
            case Rule.Monthly _ -> "/monthly/at";
            case Rule.CronRule _ -> "/cron";
            case Rule.Once _ -> "/at";
        };
    }

    private void throwIfAny() {
        List<FieldProblem> found = problems.list();
        if (!found.isEmpty()) {
            throw ProblemException.fields(found);
        }
    }
}
