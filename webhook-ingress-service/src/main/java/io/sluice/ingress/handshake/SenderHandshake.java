package io.sluice.ingress.handshake;

import io.sluice.contract.webhook.Verification;
import io.sluice.ingress.signature.SignedCall;
import java.util.List;
import java.util.Set;

/** One sender's question. */
interface SenderHandshake {

    /** Wire names of the schemes that answer it. */
    Set<String> schemes();

    /** By the call's shape alone. */
    boolean looksLike(SignedCall call);

    /** @param call one that looks like it */
    Handshake answer(SignedCall call, Verification verification, List<String> secrets);
}
