package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Time and ids of calls that are signed here. */
record Stamps(Timestamps times, Supplier<UUID> ids) {

    /** The headers of a call to be signed, begun with its event's id. One that its author set stays: he may mean to repeat it. */
    Map<String, String> begun(SignedCall unsigned, EventIds eventIds, Verification verification) {
        Map<String, String> headers = new LinkedHashMap<>();
        eventIds.header()
                .apply(verification)
                .ifPresent(name -> headers.put(name, unsigned.single(name).orElseGet(this::id)));
        return headers;
    }

    String id() {
        return ids.get().toString();
    }
}
