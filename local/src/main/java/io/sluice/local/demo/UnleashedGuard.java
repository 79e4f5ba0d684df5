package io.sluice.local.demo;

import java.util.Locale;

/** Unleashed's rules for every request: an id, a signature over the query string, and JSON asked for by name. */
final class UnleashedGuard {

    private static final String API_ID = "demo-warehouse-id";
    private static final String API_KEY = "demo-warehouse-key";

    private UnleashedGuard() {}

    static Router.Handler guarded(Router.Handler handler) {
        return call -> {
            authenticate(call);
            requireJson(call);
            try {
                return handler.answer(call);
            } catch (MalformedBody e) {
                throw UnleashedErrors.refused(400, String.valueOf(e.getMessage()));
            }
        };
    }

    private static void authenticate(Call call) {
        String id = call.header("api-auth-id").orElse("");
        String signature = call.header("api-auth-signature").orElse("");
        boolean known = Signatures.same(id, API_ID);
        boolean signed = Signatures.same(signature, Signatures.unleashed(API_KEY, call.rawQuery()));
        if (!known || !signed) {
            throw UnleashedErrors.refused(403, "Authentication failed: the API id or the signature is not correct");
        }
    }

    /** Unleashed answers in XML unless asked for JSON. We have no XML, and say so instead of guessing. */
    private static void requireJson(Call call) {
        String accepted = call.header("accept").orElse("").toLowerCase(Locale.ROOT);
        if (!accepted.contains("application/json")) {
            throw UnleashedErrors.refused(406, "Send the header Accept: application/json");
        }
        if (!call.body().isEmpty() && !call.contentType().startsWith("application/json")) {
            throw UnleashedErrors.refused(415, "Send the header Content-Type: application/json");
        }
    }
}
