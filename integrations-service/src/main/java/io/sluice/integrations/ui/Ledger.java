package io.sluice.integrations.ui;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.schedule.Backfill;
import io.sluice.contract.schedule.Firing;
import io.sluice.contract.schedule.FiringOutcome;
import io.sluice.contract.schedule.ScheduleState;
import io.sluice.integrations.schedule.Firings;
import io.sluice.integrations.security.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a schedule's instants, and what it is doing, as far as the scheduler can be asked.
 *
 * @param outcome the one that is looked at; empty for all
 * @param next cursor of the older ones; empty when there are none
 * @param away whether the scheduler does not answer
 */
public record Ledger(
        List<Firing> firings,
        String outcome,
        String next,
        @Nullable ScheduleState state,
        List<Backfill> backfills,
        boolean away) {

    private static final int ROWS = 20;

    static Ledger of(
            Firings firings,
            Caller caller,
            UUID integrationId,
            UUID scheduleId,
            @Nullable String outcome,
            @Nullable String cursor) {
        try {
            Page<Firing> page = firings.list(
                    caller, integrationId, scheduleId, new Firings.Wanted(outcome, null, null, cursor, ROWS));
            return new Ledger(
                    page.items(),
                    outcome == null ? "" : outcome,
                    page.nextCursor() == null ? "" : page.nextCursor(),
                    firings.state(caller, integrationId, scheduleId),
                    firings.backfills(caller, integrationId, scheduleId).items(),
                    false);
        } catch (ProblemException e) {
            // A new one may not have reached the scheduler yet.
            if (e.type() != ProblemType.UNAVAILABLE && e.type() != ProblemType.NOT_FOUND) {
                throw e;
            }
            return new Ledger(List.of(), "", "", null, List.of(), e.type() == ProblemType.UNAVAILABLE);
        }
    }

    public List<String> outcomes() {
        return Arrays.stream(FiringOutcome.values())
                .map(FiringOutcome::wireName)
                .toList();
    }
}
