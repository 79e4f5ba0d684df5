package io.sluice.ingress.signature;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.webhook.Verification;
import io.sluice.run.expression.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Where a scheme names its events.
 *
 * @param header the header that a call made here must carry a fresh id in
 */
record EventIds(
        BiFunction<SignedCall, Verification, Optional<String>> reader,
        Function<Verification, Optional<String>> header) {

    /** The sender gives no such thing. Never the body's hash: honest repeats exist. */
    static EventIds none() {
        return new EventIds((call, verification) -> Optional.empty(), verification -> Optional.empty());
    }

    /** The first of these headers that came. */
    static EventIds header(String... names) {
        return new EventIds(
                (call, verification) -> Arrays.stream(names)
                        .flatMap(name -> header(call, name).stream())
                        .findFirst(),
                verification -> Optional.of(names[0]));
    }

    static EventIds body(String pointer) {
        return new EventIds((call, verification) -> inBody(call, pointer), verification -> Optional.empty());
    }

    /** Where the endpoint's settings say: a header, or a place in the body. */
    static EventIds configured() {
        return new EventIds(EventIds::configured, verification -> Optional.ofNullable(verification.eventIdHeader()));
    }

    /** The delivery id is made of webhook and second, so two orders of one second share it: the body tells them apart. */
    static EventIds wooCommerce() {
        String name = "X-WC-Webhook-Delivery-ID";
        return new EventIds(
                (call, verification) ->
                        header(call, name).map(id -> id + "." + HexFormat.of().formatHex(Hmac.sha256(call.body()))),
                verification -> Optional.of(name));
    }

    Optional<String> of(SignedCall call, Verification verification) {
        return reader.apply(call, verification);
    }

    private static Optional<String> configured(SignedCall call, Verification verification) {
        if (verification.eventIdHeader() != null) {
            return header(call, verification.eventIdHeader());
        }
        return Optional.ofNullable(verification.eventIdPointer()).flatMap(pointer -> inBody(call, pointer));
    }

    private static Optional<String> header(SignedCall call, String name) {
        return call.single(name).filter(id -> !id.isBlank());
    }

    private static Optional<String> inBody(SignedCall call, String pointer) {
        try {
            JsonNode id =
                    Json.parse(new String(call.body(), StandardCharsets.UTF_8)).at(pointer);
            return id.isValueNode() && !id.isNull()
                    ? Optional.of(id.asText()).filter(text -> !text.isBlank())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
