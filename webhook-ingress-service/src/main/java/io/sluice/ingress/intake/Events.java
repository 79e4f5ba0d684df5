package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.webhook.Deduplication;
import io.sluice.ingress.endpoint.Endpoint;
import io.sluice.ingress.signature.Verifiers;
import io.sluice.run.expression.Json;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Makes events of a verified call, with what tells each from all others. */
@Singleton
class Events {

    private static final int LONGEST_KEY = 500;
    private static final Deduplication BY_SENDER = new Deduplication(Deduplication.Key.SENDER, null, null);

    private final Verifiers verifiers;

    Events(Verifiers verifiers) {
        this.verifiers = verifiers;
    }

    /**
     * One event.
     *
     * @param document what the flow gets
     * @param key empty when its repetition cannot be told
     */
    record Event(JsonNode document, Optional<String> key) {}

    /** What a call brings. */
    sealed interface Brought {
        /** @param weight memory that they take, by an estimate */
        record All(List<Event> events, boolean batch, long weight) implements Brought {}

        record Nothing(Receipt receipt) implements Brought {}
    }

    /** @param call as it came, content coding and all */
    Brought of(Endpoint.Open endpoint, IncomingCall call, Room room) {
        return switch (Unpacked.of(call, endpoint.webhook().maxBodyBytes(), room)) {
            case Unpacked.NoRoom() -> new Brought.Nothing(Receipt.Unavailable.crowded());
            case Unpacked.TooLarge() ->
                new Brought.Nothing(new Receipt.TooLarge(endpoint.webhook().maxBodyBytes()));
            case Unpacked.NotReadable(var detail) -> new Brought.Nothing(new Receipt.WrongType(detail));
            case Unpacked.Plain(var plain) -> events(endpoint, call, plain, room);
        };
    }

    private Brought events(Endpoint.Open endpoint, IncomingCall call, IncomingCall plain, Room room) {
        long weight = Weights.document(plain.body());
        return switch (CloudEvents.of(plain)) {
            case CloudEvents.Malformed(var pointer, var detail) ->
                new Brought.Nothing(new Receipt.Malformed(pointer, detail));
            case CloudEvents.Found(var found, var batch) -> {
                if (!room.carry(found.size() * Weights.envelope(call))) {
                    yield new Brought.Nothing(Receipt.Unavailable.crowded());
                }
                List<Event> events = new ArrayList<>();
                for (CloudEvents.Event event : found) {
                    ObjectNode document =
                            EventOf.envelope(call, endpoint.rules().hidden());
                    document.set("body", event.data());
                    document.set("cloudEvent", event.attributes());
                    events.add(new Event(document, cloudKey(endpoint, call, event, batch)));
                }
                yield new Brought.All(events, batch, weight + found.size() * Weights.envelope(call));
            }
            case CloudEvents.None() -> {
                if (!room.carry(Weights.envelope(call))) {
                    yield new Brought.Nothing(Receipt.Unavailable.crowded());
                }
                ObjectNode document = EventOf.envelope(call, endpoint.rules().hidden());
                document.set(
                        "body",
                        EventOf.body(plain.withBody(
                                CallHeaders.storedBody(plain, endpoint.rules().hidden()))));
                yield new Brought.All(
                        List.of(new Event(document, key(endpoint, call, document))),
                        false,
                        weight + Weights.envelope(call));
            }
        };
    }

    private Optional<String> key(Endpoint.Open endpoint, IncomingCall call, ObjectNode document) {
        Deduplication by = deduplication(endpoint);
        return switch (by.by()) {
            case SENDER ->
                verifiers.eventId(call.signed(), endpoint.verification()).map(Events::bounded);
            case HEADER -> header(call, by).map(Events::bounded);
            case POINTER -> pointer(document.path("body"), by).map(Events::bounded);
            case BODY -> Optional.of(digest(call.body()));
            case NONE -> Optional.empty();
        };
    }

    /** A header is one for the whole batch, so each event's own id stands beside it. */
    private Optional<String> cloudKey(
            Endpoint.Open endpoint, IncomingCall call, CloudEvents.Event event, boolean batch) {
        Deduplication by = deduplication(endpoint);
        return switch (by.by()) {
            case SENDER -> Optional.of(bounded(event.key()));
            case HEADER -> header(call, by).map(id -> bounded(batch ? id + " " + event.key() : id));
            case POINTER -> pointer(event.data(), by).map(Events::bounded);
            case BODY ->
                Optional.of(digest(
                        batch
                                ? Json.text(List.of(event.attributes(), event.data()))
                                        .getBytes(StandardCharsets.UTF_8)
                                : call.body()));
            case NONE -> Optional.empty();
        };
    }

    static Deduplication deduplication(Endpoint.Open endpoint) {
        return Objects.requireNonNullElse(endpoint.intake().deduplication(), BY_SENDER);
    }

    private static Optional<String> header(IncomingCall call, Deduplication by) {
        return call.signed().single(Objects.requireNonNullElse(by.name(), "")).filter(id -> !id.isBlank());
    }

    private static Optional<String> pointer(JsonNode body, Deduplication by) {
        try {
            JsonNode id = body.at(Objects.requireNonNullElse(by.name(), ""));
            return id.isValueNode() && !id.isNull()
                    ? Optional.of(id.asText()).filter(text -> !text.isBlank())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Cut off, two different ids could look alike, and the second call would be lost. */
    private static String bounded(String id) {
        // Half of a surrogate pair has no bytes in UTF-8.
        boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(id);
        return !isText
                ? digest(id.getBytes(StandardCharsets.UTF_16BE))
                : id.length() > LONGEST_KEY || id.indexOf('\0') >= 0 ? digest(id.getBytes(StandardCharsets.UTF_8)) : id;
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
