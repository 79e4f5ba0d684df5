package io.sluice.ingress.intake;

import io.sluice.contract.webhook.CallStatus;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.run.store.RunOutcomes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How runs go, for those who started them by a call: the status alone, and of the URL's own integration alone. */
@Singleton
class CallStatusReads {

    private final RunOutcomes reads;

    CallStatusReads(RunOutcomes reads) {
        this.reads = reads;
    }

    CompletionStage<Optional<CallStatus>> of(Endpoint endpoint, String runId) {
        if (!(endpoint instanceof Endpoint.Open open) || !runId.matches("[0-9a-f-]{36}")) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<CallStatus>> found = new CompletableFuture<>();
        Thread.ofVirtual().name("intake-status").start(() -> {
            try {
                UUID id = UUID.fromString(runId);
                found.complete(reads.status(open.tenant(), open.integrationId(), id)
                        .map(status -> new CallStatus(id, status)));
            } catch (IllegalArgumentException e) {
                found.complete(Optional.empty());
            } catch (RuntimeException | Error e) {
                found.completeExceptionally(e);
            }
        });
        return found;
    }
}
