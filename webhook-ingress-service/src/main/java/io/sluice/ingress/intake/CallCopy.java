package io.sluice.ingress.intake;

import io.sluice.ingress.endpoint.Endpoint;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a call: everything but credentials, and nothing that PostgreSQL cannot hold.
 *
 * @param status what the caller gets when the call is taken; 202 where it waits for the run
 * @param headers JSON text, names in small letters with all their values
 * @param body the exact bytes
 */
record CallCopy(
        String tenant,
        UUID integrationId,
        boolean previousUrl,
        Instant receivedAt,
        int status,
        String method,
        String query,
        String headers,
        byte[] body,
        @Nullable String sender) {

    /** The same with another body, such as the beginning of it. */
    CallCopy withBody(byte[] other) {
        return new CallCopy(
                tenant, integrationId, previousUrl, receivedAt, status, method, query, headers, other, sender);
    }

    /** Memory that it takes. */
    long bytes() {
        return body.length + 2L * headers.length() + 2L * query.length();
    }

    static CallCopy of(Endpoint.Open endpoint, IncomingCall call) {
        Endpoint.Hidden hidden = endpoint.rules().hidden();
        return new CallCopy(
                endpoint.tenant(),
                endpoint.integrationId(),
                endpoint.url().isPrevious(),
                call.receivedAt(),
                Answers.statusOf(endpoint),
                call.method(),
                CallHeaders.storedQuery(call, hidden),
                CallHeaders.stored(call, hidden),
                CallHeaders.storedBody(call, hidden),
                call.sender());
    }
}
