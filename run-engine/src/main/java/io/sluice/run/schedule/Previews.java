package io.sluice.run.schedule;

import io.sluice.contract.schedule.SchedulePreview;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person sees of a rule before it is saved. */
public final class Previews {

    private static final String CATCH_UP = "catchUp";

    private Previews() {}

    /** The next instants after a moment, those that are left out among them. */
    public static SchedulePreview of(ScheduleSpec spec, Instant after, int count) {
        return new SchedulePreview(Words.of(spec), next(spec, after, count), null, null);
    }

    /** The same for a schedule that was paused: first what would be made up for now. */
    public static SchedulePreview ofPaused(
            ScheduleSpec spec, Instant pausedSince, Instant now, CatchUpPolicy policy, int count) {
        MissedInstants missed = MissedInstants.of(spec, pausedSince, now, policy);
        List<SchedulePreview.Fire> fires = new ArrayList<>();
        missed.fire().forEach(fire -> fires.add(shown(spec, fire, CATCH_UP)));
        fires.addAll(next(spec, now, count));
        return new SchedulePreview(Words.of(spec), fires, missed.missed(), missed.isLeast());
    }

    private static List<SchedulePreview.Fire> next(ScheduleSpec spec, Instant after, int count) {
        return NextInstant.withSkipped(spec, after, count).stream()
                .map(fire -> shown(spec, fire, fire.mark()))
                .toList();
    }

    private static SchedulePreview.Fire shown(ScheduleSpec spec, NextInstant.Fire fire, @Nullable String mark) {
        return new SchedulePreview.Fire(
                fire.at(), DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local(spec, fire)), mark, fire.fires());
    }

    /** One that is left out because of a gap is shown with the time that does not exist. */
    private static OffsetDateTime local(ScheduleSpec spec, NextInstant.Fire fire) {
        ZoneOffset offset = spec.zone().getRules().getOffset(fire.at());
        if (NextInstant.GAP.equals(fire.mark()) && !fire.fires()) {
            ZoneOffsetTransition gap =
                    spec.zone().getRules().previousTransition(fire.at().plusSeconds(1));
            offset = gap == null ? offset : gap.getOffsetBefore();
        }
        return fire.at().atOffset(offset);
    }
}
