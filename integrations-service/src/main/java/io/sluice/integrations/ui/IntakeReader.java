package io.sluice.integrations.ui;

import io.sluice.contract.connection.CallRate;
import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.contract.webhook.WebhookIntake;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads an intake from the texts of a form. What the chosen kind does not use is left out, though it may be typed. */
final class IntakeReader {

    private static final int MOST_REQUESTS = 1_000_000;

    private final Map<String, String> values;
    private final TypedTexts texts;

    IntakeReader(Map<String, String> values, TypedTexts texts) {
        this.values = values;
        this.texts = texts;
    }

    WebhookIntake read() {
        return new WebhookIntake(
                TypedTexts.lines(value(IntakeField.CONTENT_TYPES)),
                TypedTexts.lines(value(IntakeField.ADDRESSES)),
                rate(),
                repeats(),
                TypedTexts.orNull(value(IntakeField.FILTER)),
                answer(),
                duration(IntakeField.EXPECT_EVERY));
    }

    @Nullable
    Integer maxBody() {
        return texts.size(IntakeField.MAX_BODY.pointer(), value(IntakeField.MAX_BODY));
    }

    /** The service has no look at the bounds of the number: for programs they stand on the contract. */
    private @Nullable CallRate rate() {
        Integer requests = number(IntakeField.RATE_REQUESTS);
        if (requests == null) {
            return null;
        }
        if (requests < 1 || requests > MOST_REQUESTS) {
            texts.at(IntakeField.RATE_REQUESTS.pointer(), "1 to " + MOST_REQUESTS + "; empty for any number");
        }
        Duration per = duration(IntakeField.RATE_PER);
        return new CallRate(requests, per == null ? Duration.ofMinutes(1) : per);
    }

    private @Nullable Deduplication repeats() {
        Deduplication.Key by;
        try {
            by = Deduplication.Key.of(value(IntakeField.REPEATS_BY));
        } catch (IllegalArgumentException e) {
            texts.at(IntakeField.REPEATS_BY.pointer(), String.valueOf(e.getMessage()));
            return null;
        }
        boolean named = by == Deduplication.Key.HEADER || by == Deduplication.Key.POINTER;
        return new Deduplication(
                by,
                named ? TypedTexts.orNull(value(IntakeField.REPEATS_NAME)) : null,
                by == Deduplication.Key.NONE ? null : duration(IntakeField.REPEATS_WINDOW));
    }

    private @Nullable WebhookAnswer answer() {
        WebhookAnswer.Mode mode;
        try {
            mode = WebhookAnswer.Mode.of(value(IntakeField.ANSWER_MODE));
        } catch (IllegalArgumentException e) {
            texts.at(IntakeField.ANSWER_MODE.pointer(), String.valueOf(e.getMessage()));
            return null;
        }
        return switch (mode) {
            case AT_ONCE -> new WebhookAnswer(mode, null, null, null, null, null);
            case FIXED ->
                new WebhookAnswer(
                        mode,
                        number(IntakeField.ANSWER_STATUS),
                        headers(),
                        value(IntakeField.ANSWER_BODY).isEmpty() ? null : value(IntakeField.ANSWER_BODY),
                        null,
                        null);
            case WAIT ->
                new WebhookAnswer(
                        mode,
                        null,
                        null,
                        null,
                        duration(IntakeField.ANSWER_DEADLINE),
                        TypedTexts.orNull(value(IntakeField.ANSWER_RESPONSE)));
        };
    }

    private @Nullable Map<String, String> headers() {
        List<String> lines = TypedTexts.lines(value(IntakeField.ANSWER_HEADERS));
        if (lines == null) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                texts.at(IntakeField.ANSWER_HEADERS.pointer(), "“" + line + "”: write it as “Name: value”");
            } else if (headers.put(
                            line.substring(0, colon).strip(),
                            line.substring(colon + 1).strip())
                    != null) {
                texts.at(IntakeField.ANSWER_HEADERS.pointer(), "“" + line + "” is there twice");
            }
        }
        return headers;
    }

    private @Nullable Integer number(IntakeField field) {
        return texts.number(field.pointer(), value(field));
    }

    private @Nullable Duration duration(IntakeField field) {
        return texts.duration(field.pointer(), value(field));
    }

    private String value(IntakeField field) {
        return Objects.requireNonNullElse(values.get(field.wireName()), "");
    }
}
