package io.sluice.ingress.intake;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.sluice.ingress.endpoint.Endpoint;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** From a call to its answer: whether it is let in, what becomes of it, what is remembered, and what the caller gets. */
@Singleton
public class Reception {

    /** As long as the endpoint says. */
    private static final Duration ANY = Duration.ofDays(1);

    private final Inbox inbox;
    private final Answers answers;
    private final CallRecords records;

    Reception(Inbox inbox, Answers answers, CallRecords records) {
        this.inbox = inbox;
        this.answers = answers;
        this.records = records;
    }

    /** Why a call is not let in, before its body is read. */
    Optional<Receipt> refusal(Endpoint.Open endpoint, @Nullable InetAddress caller) {
        if (!endpoint.rules().allowed().contain(caller)) {
            String who = caller == null ? "an address that no trusted proxy tells" : caller.getHostAddress();
            return Optional.of(new Receipt.WrongAddress(who + " is not among the allowed addresses"));
        }
        Bucket bucket = endpoint.rules().bucket();
        if (bucket != null) {
            ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                return Optional.of(new Receipt.TooManyCalls(Duration.ofNanos(probe.getNanosToWaitForRefill())));
            }
        }
        return Optional.empty();
    }

    CostlyCalls.Cost cost(Endpoint.Open endpoint, IncomingCall call) {
        return inbox.cost(endpoint, call);
    }

    /**
     * Takes in a call that a person makes. Never fails.
     *
     * @param longest how long it may wait for its run
     */
    public CompletionStage<Reply> handle(
            Endpoint.Open endpoint, IncomingCall call, String requestId, Duration longest) {
        return handle(endpoint, call, new Answers.Asked(requestId, longest), Room.BOUNDLESS, () -> {});
    }

    /** @param settled is told once it is known what became of the call; its answer may still wait for the run */
    CompletionStage<Reply> handle(
            Endpoint.Open endpoint, IncomingCall call, String requestId, Room room, Runnable settled) {
        return handle(endpoint, call, new Answers.Asked(requestId, ANY), room, settled);
    }

    private CompletionStage<Reply> handle(
            Endpoint.Open endpoint, IncomingCall call, Answers.Asked asked, Room room, Runnable settled) {
        return inbox.receive(endpoint, call, room).thenCompose(receipt -> {
            settled.run();
            CompletionStage<Reply> reply = answers.of(endpoint, call, receipt, asked);
            records.note(endpoint, call, receipt);
            return reply;
        });
    }

    /** The answer to a call that was refused without being looked at further. */
    Reply refused(Endpoint.Open endpoint, IncomingCall call, Receipt receipt, String requestId) {
        records.note(endpoint, call, receipt);
        return answers.settled(receipt, requestId);
    }

    /** The answer where there is no endpoint. */
    Reply nowhere(Receipt receipt, String requestId) {
        return answers.settled(receipt, requestId);
    }
}
