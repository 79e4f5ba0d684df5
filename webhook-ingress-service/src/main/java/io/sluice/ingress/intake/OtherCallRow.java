package io.sluice.ingress.intake;

import io.sluice.contract.webhook.CallOutcome;
import io.sluice.contract.webhook.SignatureCheck;
import io.sluice.run.expression.Json;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a call that started nothing.
 *
 * @param call with no more of its body than is kept, since many wait in memory
 * @param bodyBytes size of the whole body
 */
record OtherCallRow(UUID id, CallCopy call, long bodyBytes, Verdict verdict) {

    private static final int KEPT_OF_REFUSED = 16 * 1024;
    private static final int KEPT_OF_OTHERS = 256 * 1024;

    private static final String INSERT = """
            insert into other_call (id, tenant, integration_id, outcome, received_at, status, reason, method, query, headers,
                                    body, body_bytes, sender, event_id, run_ids, previous_url, signature)
            values (:id, :tenant, :integrationId, :outcome, :receivedAt, :status, :reason::text, :method, :query,
                    :headers::jsonb, :body, :bodyBytes, :sender::text, :eventId::text, :runIds::uuid[], :previousUrl,
                    :signature::jsonb)
            on conflict (id) do nothing
            """;

    /**
     * What became of it.
     *
     * @param status what the caller got
     * @param reason for the owner
     * @param runIds of the event's first call
     */
    record Verdict(
            CallOutcome outcome,
            int status,
            @Nullable String reason,
            List<UUID> runIds,
            @Nullable String eventId,
            @Nullable SignatureCheck signature) {

        static Verdict of(CallOutcome outcome, int status, @Nullable String reason) {
            return new Verdict(outcome, status, reason, List.of(), null, null);
        }
    }

    static OtherCallRow of(UUID id, CallCopy call, long bodyBytes, Verdict verdict) {
        boolean worthMore = verdict.outcome() == CallOutcome.FILTERED || verdict.outcome() == CallOutcome.CAPTURED;
        int most = worthMore ? KEPT_OF_OTHERS : KEPT_OF_REFUSED;
        CallCopy kept = call.body().length <= most ? call : call.withBody(Arrays.copyOf(call.body(), most));
        return new OtherCallRow(id, kept, bodyBytes, verdict);
    }

    static OtherCallRow captured(PendingCall pending) {
        return of(
                pending.id(),
                pending.call(),
                pending.call().body().length,
                Verdict.of(CallOutcome.CAPTURED, 202, null));
    }

    static void insertAll(Handle handle, List<OtherCallRow> rows) {
        PreparedBatch batch = handle.prepareBatch(INSERT);
        rows.forEach(row -> row.addTo(batch));
        batch.execute();
    }

    private void addTo(PreparedBatch batch) {
        batch.bind("id", id)
                .bind("tenant", call.tenant())
                .bind("integrationId", call.integrationId())
                .bind("outcome", verdict.outcome().wireName())
                .bind("receivedAt", Timestamp.from(call.receivedAt()))
                .bind("status", verdict.status())
                .bind("reason", verdict.reason() == null ? null : CallHeaders.storable(verdict.reason()))
                .bind("method", call.method())
                .bind("query", call.query())
                .bind("headers", call.headers())
                .bind("body", call.body())
                .bind("bodyBytes", bodyBytes)
                .bind("sender", call.sender())
                .bind("eventId", verdict.eventId())
                .bindArray(
                        "runIds",
                        String.class,
                        verdict.runIds().stream().map(UUID::toString).toArray())
                .bind("previousUrl", call.previousUrl())
                .bind(
                        "signature",
                        verdict.signature() == null ? null : CallHeaders.storable(Json.text(verdict.signature())))
                .add();
    }
}
