package io.sluice.integrations.ui;

import io.sluice.contract.connection.CallRate;
import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.Webhook;
import io.sluice.contract.webhook.WebhookAnswer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An input for which calls are taken and what they are answered: its name, the place that it sets, what it shows. */
enum IntakeField {
    MAX_BODY("maxBody", "/maxBodyBytes", webhook -> SizeText.exact(webhook.maxBodyBytes())),
    CONTENT_TYPES(
            "contentTypes",
            "/intake/contentTypes",
            webhook -> lines(webhook.intake().contentTypes())),
    ADDRESSES(
            "addresses",
            "/intake/allowedAddresses",
            webhook -> lines(webhook.intake().allowedAddresses())),
    RATE_REQUESTS(
            "rateRequests",
            "/intake/rate/requests",
            webhook ->
                    rate(webhook).map(rate -> String.valueOf(rate.requests())).orElse("")),
    RATE_PER(
            "ratePer",
            "/intake/rate/per",
            webhook -> DurationText.words(rate(webhook).map(CallRate::per).orElse(Duration.ofMinutes(1)))),
    REPEATS_BY(
            "repeatsBy",
            "/intake/deduplication/by",
            webhook -> repeats(webhook).map(repeats -> repeats.by().wireName()).orElse("sender")),
    REPEATS_NAME(
            "repeatsName",
            "/intake/deduplication/name",
            webhook -> repeats(webhook).map(Deduplication::name).orElse("")),
    REPEATS_WINDOW(
            "repeatsWindow",
            "/intake/deduplication/window",
            webhook -> words(repeats(webhook).map(Deduplication::window))),
    FILTER(
            "filter",
            "/intake/filter",
            webhook -> Optional.ofNullable(webhook.intake().filter()).orElse("")),
    ANSWER_MODE(
            "answerMode",
            "/intake/answer/mode",
            webhook -> answer(webhook).map(answer -> answer.mode().wireName()).orElse("at-once")),
    ANSWER_STATUS(
            "answerStatus",
            "/intake/answer/status",
            webhook -> answer(webhook)
                    .map(WebhookAnswer::status)
                    .map(String::valueOf)
                    .orElse("")),
    ANSWER_HEADERS(
            "answerHeaders",
            "/intake/answer/headers",
            webhook -> answer(webhook)
                    .map(WebhookAnswer::headers)
                    .map(IntakeField::headers)
                    .orElse("")),
    ANSWER_BODY(
            "answerBody",
            "/intake/answer/body",
            webhook -> answer(webhook).map(WebhookAnswer::body).orElse("")),
    ANSWER_DEADLINE("answerDeadline", "/intake/answer/deadline", webhook -> deadline(webhook)),
    ANSWER_RESPONSE(
            "answerResponse",
            "/intake/answer/response",
            webhook -> answer(webhook).map(WebhookAnswer::response).orElse("")),
    EXPECT_EVERY(
            "expectEvery",
            "/intake/expectEvery",
            webhook -> words(Optional.ofNullable(webhook.intake().expectEvery())));

    private final String wireName;
    private final String pointer;
    private final Function<Webhook, String> shown;

    IntakeField(String wireName, String pointer, Function<Webhook, String> shown) {
        this.wireName = wireName;
        this.pointer = pointer;
        this.shown = shown;
    }

    static Optional<IntakeField> of(String name) {
        return Arrays.stream(values())
                .filter(field -> field.wireName.equals(name))
                .findFirst();
    }

    String wireName() {
        return wireName;
    }

    String pointer() {
        return pointer;
    }

    String text(Webhook webhook) {
        return shown.apply(webhook);
    }

    private static Optional<CallRate> rate(Webhook webhook) {
        return Optional.ofNullable(webhook.intake().rate());
    }

    private static Optional<Deduplication> repeats(Webhook webhook) {
        return Optional.ofNullable(webhook.intake().deduplication());
    }

    private static Optional<WebhookAnswer> answer(Webhook webhook) {
        return Optional.ofNullable(webhook.intake().answer());
    }

    /** Empty while it is the scheme's own, so that another scheme brings its own. */
    private static String deadline(Webhook webhook) {
        Optional<Duration> ofScheme =
                VerificationScheme.of(webhook.verification().scheme()).map(VerificationScheme::answerWithin);
        return words(answer(webhook)
                .map(WebhookAnswer::deadline)
                .filter(deadline -> !ofScheme.equals(Optional.of(deadline))));
    }

    private static String words(Optional<Duration> duration) {
        return duration.map(DurationText::words).orElse("");
    }

    private static String lines(@Nullable List<String> entries) {
        return entries == null ? "" : String.join("\n", entries);
    }

    private static String headers(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
    }
}
