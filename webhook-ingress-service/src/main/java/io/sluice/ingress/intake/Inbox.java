package io.sluice.ingress.intake;

import io.sluice.contract.run.TriggerKind;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.handshake.Handshake;
import io.sluice.ingress.handshake.Handshakes;
import io.sluice.ingress.signature.SignedCall;
import io.sluice.ingress.signature.Verdict;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.api.RunService;
import io.sluice.run.executor.DatabaseAway;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/** Takes calls in. A call is acknowledged only once it is durable; runs start later, from the store. */
@Singleton
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final int INLINE_BODY = 64 * 1024;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Handshakes handshakes;
    private final Verifiers verifiers;
    private final Events events;
    private final Filters filters;
    private final RunService runs;
    private final Storing storing;

    /** How calls become durable. */
    @Singleton
    record Storing(GroupCommit group, IntakeConfig config) {}

    Inbox(
            Handshakes handshakes,
            Verifiers verifiers,
            Events events,
            Filters filters,
            RunService runs,
            Storing storing) {
        this.handshakes = handshakes;
        this.verifiers = verifiers;
        this.events = events;
        this.filters = filters;
        this.runs = runs;
        this.storing = storing;
    }

    /** What a call asks of its thread: much when it is large, or becomes so, or runs an owner's expression. */
    CostlyCalls.Cost cost(Endpoint.Open endpoint, IncomingCall call) {
        if (verifiers.mayBlock(endpoint.verification())) {
            return CostlyCalls.Cost.WAITS;
        }
        boolean isCostly = call.body().length > INLINE_BODY
                || call.headers().containsKey("content-encoding")
                || hasExpressions(endpoint);
        return isCostly ? CostlyCalls.Cost.MUCH : CostlyCalls.Cost.LITTLE;
    }

    /** A filter, or the key by which its runs are ordered. */
    private static boolean hasExpressions(Endpoint.Open endpoint) {
        return endpoint.rules().filter().isPresent()
                || (endpoint.deployment().policy() != null
                        && endpoint.deployment().policy().ordering() != null);
    }

    /** Never fails: what went wrong is in the receipt. */
    CompletionStage<Receipt> receive(Endpoint.Open endpoint, IncomingCall call, Room room) {
        try {
            return received(endpoint, call, room).exceptionally(thrown -> notStored(endpoint, thrown));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(notStored(endpoint, e));
        }
    }

    private CompletionStage<Receipt> received(Endpoint.Open endpoint, IncomingCall call, Room room) {
        SignedCall signed = call.signed();
        Optional<Receipt> settled = handshake(endpoint, signed)
                .or(() -> taken(endpoint, call))
                .or(() -> weighed(call, room))
                .or(() -> verified(endpoint, signed));
        if (settled.isPresent()) {
            return CompletableFuture.completedFuture(settled.get());
        }
        return switch (events.of(endpoint, call, room)) {
            case Events.Brought.Nothing(var receipt) -> CompletableFuture.completedFuture(receipt);
            case Events.Brought.All brought -> store(endpoint, call, brought, room);
        };
    }

    private Optional<Receipt> handshake(Endpoint.Open endpoint, SignedCall signed) {
        return switch (handshakes.answer(signed, endpoint.verification(), endpoint.secrets())) {
            case Handshake.None() -> Optional.empty();
            case Handshake.Answered(var status, var headers, var body) ->
                Optional.of(new Receipt.Handshake(status, headers, body));
            // While it is switched off a wrong question looks as it does at a URL that never was.
            case Handshake.Refused(var reason) ->
                Optional.of(endpoint.url().enabled() ? new Receipt.BadSignature(reason) : new Receipt.NotHere());
        };
    }

    private static Optional<Receipt> taken(Endpoint.Open endpoint, IncomingCall call) {
        if (!endpoint.url().enabled()) {
            return Optional.of(new Receipt.NotHere());
        }
        if (!endpoint.webhook().methods().contains(call.method())) {
            return Optional.of(new Receipt.MethodNotAllowed(endpoint.webhook().methods()));
        }
        return ContentTypes.refusal(endpoint.intake(), call.mediaType());
    }

    /** Before anything is parsed: some senders' proof stands in the body. What is packed is weighed as it is unpacked. */
    private static Optional<Receipt> weighed(IncomingCall call, Room room) {
        return !Unpacked.coding(call).isEmpty() || room.carry(Weights.document(call.body()))
                ? Optional.empty()
                : Optional.of(Receipt.Unavailable.crowded());
    }

    private Optional<Receipt> verified(Endpoint.Open endpoint, SignedCall signed) {
        return switch (verifiers.verify(signed, endpoint.verification(), endpoint.secrets())) {
            case Verdict.Verified() -> Optional.empty();
            case Verdict.Refused(var reason) -> Optional.of(new Receipt.BadSignature(reason));
            case Verdict.Unavailable(var reason) -> Optional.of(new Receipt.Unavailable(reason, SOON));
        };
    }

    private CompletionStage<Receipt> store(
            Endpoint.Open endpoint, IncomingCall call, Events.Brought.All brought, Room room) {
        // Expressions see a copy of the event.
        if (hasExpressions(endpoint) && !room.carry(brought.weight())) {
            return CompletableFuture.completedFuture(Receipt.Unavailable.crowded());
        }
        List<PendingCall.PendingRun> pending = new ArrayList<>();
        String refusal = "the batch is empty";
        for (Events.Event event : brought.events()) {
            Optional<String> filtered =
                    endpoint.rules().filter().flatMap(filter -> filters.refusal(filter, event.document()));
            if (filtered.isEmpty()) {
                pending.add(new PendingCall.PendingRun(
                        runs.newRun(
                                endpoint.deployment(),
                                endpoint.flow(),
                                TriggerKind.WEBHOOK,
                                event.document(),
                                null,
                                null),
                        event.key().orElse(null)));
            } else {
                refusal = filtered.get();
            }
        }
        if (pending.isEmpty()) {
            return CompletableFuture.completedFuture(new Receipt.Filtered(refusal));
        }
        UUID id = pending.getFirst().run().id();
        int filtered = brought.events().size() - pending.size();
        return storing.group()
                .submit(new PendingCall(
                        id,
                        CallCopy.of(endpoint, call),
                        pending,
                        window(endpoint),
                        brought.batch(),
                        call.body().length + brought.weight()))
                .thenApply(receipt -> receipt instanceof Receipt.Accepted accepted
                        ? new Receipt.Accepted(accepted.runIds(), accepted.batch(), filtered)
                        : receipt);
    }

    private Duration window(Endpoint.Open endpoint) {
        return Objects.requireNonNullElse(
                Events.deduplication(endpoint).window(), storing.config().dedupWindow());
    }

    /** The sender must try again; its event id keeps that from counting twice. */
    private static Receipt notStored(Endpoint.Open endpoint, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            // Data exceptions: text with U+0000, numbers beyond all bounds. Sent again they would be the same.
            if (cause instanceof SQLException sql
                    && Objects.requireNonNullElse(sql.getSQLState(), "").startsWith("22")) {
                return new Receipt.Malformed("", "it holds characters or numbers that cannot be stored");
            }
        }
        String why = DatabaseAway.is(thrown) ? "the database is away" : "it could not be stored in time";
        LOG.debugf(thrown, "a call of integration %s is answered 503: %s", endpoint.integrationId(), why);
        return new Receipt.Unavailable(why, SOON);
    }
}
