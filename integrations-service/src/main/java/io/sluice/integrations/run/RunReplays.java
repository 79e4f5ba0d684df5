package io.sluice.integrations.run;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import io.sluice.contract.run.BulkReplay;
import io.sluice.contract.run.BulkReplays;
import io.sluice.contract.run.KeyReleased;
import io.sluice.contract.run.ParkedKey;
import io.sluice.contract.run.ParkedKeys;
import io.sluice.contract.run.ReleaseKey;
import io.sluice.contract.run.ReplayPreview;
import io.sluice.contract.run.ReplayRuns;
import io.sluice.integrations.integration.IntegrationService;
import io.sluice.integrations.owner.RunOwners;
import io.sluice.integrations.security.Caller;
import io.sluice.run.queue.RunOwner;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Replays of many runs and keys that wait for a decision, over both services that own runs. */
@Singleton
public class RunReplays {

    private final IntegrationService integrations;
    private final RunOwners owners;

    public RunReplays(IntegrationService integrations, RunOwners owners) {
        this.integrations = integrations;
        this.owners = owners;
    }

    public ReplayPreview preview(String tenant, UUID integrationId, ReplayRuns request) {
        integrations.get(tenant, integrationId);
        RunOwners.Answers<ReplayPreview> answers =
                owners.askAll(api -> api.previewReplay(integrationId, tenant, request));
        Map<String, ReplayPreview.Target> targets = new LinkedHashMap<>();
        answers.found().values().stream()
                .flatMap(answer -> answer.targets().stream())
                .forEach(target -> targets.merge(
                        target.host(),
                        target,
                        (a, b) -> new ReplayPreview.Target(a.host(), a.calls() + b.calls(), a.writes() || b.writes())));
        return new ReplayPreview(
                answers.found().values().stream().mapToLong(ReplayPreview::runs).sum(),
                targets.values().stream()
                        .sorted(Comparator.comparing(ReplayPreview.Target::calls)
                                .reversed())
                        .toList(),
                answers.unavailable());
    }

    public BulkReplays begin(Caller caller, UUID integrationId, ReplayRuns request) {
        integrations.get(caller.tenant(), integrationId);
        RunOwners.Answers<BulkReplay> answers =
                owners.askAll(api -> api.replayMany(integrationId, caller.tenant(), caller.name(), request));
        List<BulkReplay> begun = answers.found().values().stream()
                .filter(bulk -> bulk.runs() > 0)
                .toList();
        return new BulkReplays(begun, answers.unavailable());
    }

    public BulkReplays list(String tenant, UUID integrationId) {
        integrations.get(tenant, integrationId);
        RunOwners.Answers<List<BulkReplay>> answers = owners.askAll(api -> api.replays(integrationId, tenant));
        List<BulkReplay> all = answers.found().values().stream()
                .flatMap(Collection::stream)
                .filter(bulk -> bulk.runs() > 0)
                .sorted(Comparator.comparing(BulkReplay::createdAt).reversed())
                .toList();
        return new BulkReplays(all, answers.unavailable());
    }

    public BulkReplay stop(String tenant, UUID replayId) {
        return owners.ask(RunHistory.owner(replayId), api -> api.stopReplay(replayId, tenant));
    }

    ParkedKeys parked(String tenant, UUID integrationId) {
        integrations.get(tenant, integrationId);
        RunOwners.Answers<List<ParkedKey>> answers = owners.askAll(api -> api.parkedKeys(integrationId, tenant));
        List<ParkedKey> all = answers.found().values().stream()
                .flatMap(Collection::stream)
                .sorted(Comparator.comparing(ParkedKey::since))
                .toList();
        return new ParkedKeys(all, answers.unavailable());
    }

    /** Order holds per service: the one where the key is parked lets it go on. */
    KeyReleased release(Caller caller, UUID integrationId, ReleaseKey request) {
        integrations.get(caller.tenant(), integrationId);
        ProblemException none = new ProblemException(ProblemType.NOT_FOUND, "The key is not parked.");
        for (RunOwner owner : RunOwner.values()) {
            try {
                return owners.ask(owner, api -> api.releaseKey(integrationId, caller.tenant(), caller.name(), request));
            } catch (ProblemException e) {
                if (e.type() != ProblemType.NOT_FOUND) {
                    none = e;
                }
            }
        }
        throw none;
    }
}
