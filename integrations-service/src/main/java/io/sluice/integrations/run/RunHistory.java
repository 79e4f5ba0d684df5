package io.sluice.integrations.run;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.InternalRunPage;
import io.sluice.contract.run.InternalRunsApi;
import io.sluice.contract.run.Run;
import io.sluice.contract.run.RunPage;
import io.sluice.contract.run.RunSummary;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.run.queue.RunIds;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The runs of both services as one list, newest first; what could not be asked is named, never shown as empty. */
@Singleton
public class RunHistory {

    private final RunOwners owners;

    public RunHistory(RunOwners owners) {
        this.owners = owners;
    }

    /** Which runs; nulls do not filter. */
    public record Query(
            @Nullable String status,
            @Nullable String trigger,
            @Nullable String from,
            @Nullable String to,
            @Nullable UUID before,
            int limit) {}

    /** One page over both services. Run ids are ordered by time, so the last id of a page is its cursor for both. */
    public RunPage list(String tenant, UUID integrationId, Query query) {
        RunOwners.Answers<InternalRunPage> answers = owners.askAll(api -> page(api, tenant, integrationId, query));
        List<RunSummary> found = new ArrayList<>();
        boolean more = false;
        for (InternalRunPage page : answers.found().values()) {
            found.addAll(page.items());
            more |= page.before() != null;
        }
        found.sort(Comparator.comparing((RunSummary run) -> run.id().toString()).reversed());
        boolean cut = found.size() > query.limit();
        List<RunSummary> items = cut ? List.copyOf(found.subList(0, query.limit())) : found;
        String next = (cut || more) && !items.isEmpty() ? items.getLast().id().toString() : null;
        return new RunPage(items, next, answers.unavailable());
    }

    /** @throws ProblemException 404 when there is no such run, 503 when its owner is away */
    public Run get(String tenant, UUID runId) {
        return get(tenant, runId, 0);
    }

    /** The same with the steps after a position. */
    public Run get(String tenant, UUID runId, long after) {
        return owners.ask(owner(runId), api -> api.get(runId, tenant, after));
    }

    /** @throws ProblemException when the id is none of ours */
    static RunOwner owner(UUID runId) {
        return RunIds.ownerOf(runId)
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "There is no such run."));
    }

    private static InternalRunPage page(InternalRunsApi api, String tenant, UUID integrationId, Query query) {
        return api.list(
                tenant,
                integrationId,
                query.status(),
                query.trigger(),
                query.from(),
                query.to(),
                query.before(),
                query.limit());
    }
}
