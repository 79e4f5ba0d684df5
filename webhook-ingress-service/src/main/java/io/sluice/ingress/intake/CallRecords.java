package io.sluice.ingress.intake;

import io.sluice.contract.webhook.CallOutcome;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.intake.OtherCallRow.Verdict;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.queue.RunIds;
import jakarta.inject.Singleton;
import java.util.List;

/** Counts every call, and keeps those for their owner that started nothing; the others are stored with their runs. */
@Singleton
class CallRecords {

    private final Activity activity;
    private final CallRing ring;
    private final Verifiers verifiers;
    private final RunIds ids;

    CallRecords(Activity activity, CallRing ring, Verifiers verifiers, RunIds ids) {
        this.activity = activity;
        this.ring = ring;
        this.verifiers = verifiers;
        this.ids = ids;
    }

    void note(Endpoint.Open endpoint, IncomingCall call, Receipt receipt) {
        switch (receipt) {
            case Receipt.Accepted accepted -> {
                activity.count(endpoint, CallOutcome.ACCEPTED, call.receivedAt());
                for (int i = 0; i < accepted.filtered(); i++) {
                    activity.count(endpoint, CallOutcome.FILTERED, call.receivedAt());
                }
            }
            // Its row is written together with the listener's.
            case Receipt.Captured captured -> activity.count(endpoint, CallOutcome.CAPTURED, call.receivedAt());
            case Receipt.Duplicate(var runIds, var batch, var eventId) ->
                keep(
                        endpoint,
                        call,
                        new Verdict(
                                CallOutcome.DUPLICATE,
                                Answers.statusOf(endpoint),
                                null,
                                runIds,
                                eventId.orElse(null),
                                null));
            case Receipt.Filtered(var reason) -> keep(endpoint, call, Verdict.of(CallOutcome.FILTERED, 202, reason));
            case Receipt.Handshake(var status, var headers, var body) ->
                keep(endpoint, call, Verdict.of(CallOutcome.HANDSHAKE, status, null));
            case Receipt.BadSignature(var reason) -> keep(endpoint, call, badSignature(endpoint, call, reason));
            case Receipt.NotHere nothing -> {}
            case Receipt.WrongAddress(var reason) -> refused(endpoint, call, 404, reason);
            case Receipt.MethodNotAllowed(var allowed) ->
                refused(endpoint, call, 405, call.method() + " is not among the allowed methods");
            case Receipt.TooLarge(var most) ->
                refused(endpoint, call, 413, "the body has more than " + most + " bytes");
            case Receipt.TooSlow slow -> refused(endpoint, call, 408, "the body did not come in time");
            case Receipt.WrongType(var detail) -> refused(endpoint, call, 415, detail);
            case Receipt.Malformed(var pointer, var detail) ->
                refused(endpoint, call, 400, pointer.isEmpty() ? detail : pointer + ": " + detail);
            case Receipt.TooManyCalls(var after) -> refused(endpoint, call, 429, "more calls than the endpoint's rate");
            case Receipt.Unavailable(var reason, var after) -> refused(endpoint, call, 503, reason);
        }
    }

    private Verdict badSignature(Endpoint.Open endpoint, IncomingCall call, String reason) {
        return new Verdict(
                CallOutcome.REFUSED,
                401,
                reason,
                List.of(),
                null,
                verifiers
                        .explain(call.signed(), endpoint.verification(), endpoint.secrets())
                        .orElse(null));
    }

    private void refused(Endpoint.Open endpoint, IncomingCall call, int status, String reason) {
        keep(endpoint, call, Verdict.of(CallOutcome.REFUSED, status, reason));
    }

    private void keep(Endpoint.Open endpoint, IncomingCall call, Verdict verdict) {
        activity.count(endpoint, verdict.outcome(), call.receivedAt());
        // Refused before it was read, it has a size and no body.
        long bodyBytes = Math.max(call.body().length, call.announcedBytes());
        ring.add(OtherCallRow.of(ids.next(), CallCopy.of(endpoint, call), bodyBytes, verdict));
    }
}
