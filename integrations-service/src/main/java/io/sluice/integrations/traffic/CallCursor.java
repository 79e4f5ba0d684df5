package io.sluice.integrations.traffic;

import io.sluice.contract.Page;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.ReceivedCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the next page of calls begins: after the last call of the one before, opaque to clients. */
final class CallCursor {

    private CallCursor() {}

    static @Nullable String after(Page<ReceivedCall> page) {
        return page.nextCursor() == null || page.items().isEmpty()
                ? null
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(page.items().getLast().id().toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws ProblemException when it is none of ours */
    static @Nullable UUID position(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw ProblemException.field("?cursor", "pass nextCursor of the page before, unchanged");
        }
    }
}
