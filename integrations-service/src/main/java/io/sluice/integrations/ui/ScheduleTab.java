package io.sluice.integrations.ui;

import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.Schedule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the schedule tab shows.
 *
 * @param shown the one that is looked at; null of a new one
 * @param ledger null of a new one
 * @param caughtUp in words, what went by in the pause; empty when it goes on
 * @param dryRun what a backfill would start; null when nobody asked
 */
public record ScheduleTab(
        List<Schedule> all,
        @Nullable Schedule shown,
        ScheduleForm form,
        NextTimes next,
        @Nullable Ledger ledger,
        String caughtUp,
        BackfillForm backfill,
        @Nullable Backfill dryRun) {

    /** Where Save goes. */
    public String action(String integrationId) {
        return "/integrations/" + integrationId + "/schedule" + (shown == null ? "" : "/" + shown.id());
    }

    public boolean isNew() {
        return shown == null;
    }

    /** By its owner, or by us after failures. */
    public boolean isPaused() {
        return shown != null && (Boolean.FALSE.equals(shown.settings().enabled()) || isStopped());
    }

    /** By us. */
    public boolean isStopped() {
        return ledger != null && ledger.state() != null && ledger.state().pausedAt() != null;
    }

    public String pauseNote() {
        if (shown == null) {
            return "";
        }
        if (isStopped()
                && ledger != null
                && ledger.state() != null
                && ledger.state().pauseReason() != null) {
            return ledger.state().pauseReason();
        }
        return shown.settings().pauseNote() == null ? "" : shown.settings().pauseNote();
    }
}
