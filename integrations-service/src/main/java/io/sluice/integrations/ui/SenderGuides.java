package io.sluice.integrations.ui;

import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.Webhook;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The guides of all senders, one file each: what is checked, a line of dashes, the steps at the sender. */
@Singleton
class SenderGuides {

    private static final String LINE = "\n---\n";
    private static final Deduplication BY_SENDER = new Deduplication(Deduplication.Key.SENDER, null, null);
    private static final Duration USUAL_WINDOW = Duration.ofDays(7);

    private final Map<VerificationScheme, Text> texts = new EnumMap<>(VerificationScheme.class);

    SenderGuides() {
        for (VerificationScheme scheme : VerificationScheme.values()) {
            texts.put(scheme, Text.of(file("senders/" + scheme.wireName() + ".md")));
        }
    }

    /** @param steps HTML */
    private record Text(String checked, String steps) {

        static Text of(String file) {
            int line = file.indexOf(LINE);
            if (line < 0) {
                throw new IllegalStateException("a guide has no line of dashes: " + file);
            }
            return new Text(file.substring(0, line).strip(), Markdown.html(file.substring(line + LINE.length())));
        }
    }

    /** As the endpoint's settings make them. */
    List<SenderGuide> of(Webhook webhook, String chosen) {
        return Arrays.stream(VerificationScheme.values())
                .map(scheme -> guide(scheme, webhook, scheme.wireName().equals(chosen)))
                .toList();
    }

    private SenderGuide guide(VerificationScheme scheme, Webhook webhook, boolean shown) {
        Text text = Objects.requireNonNull(texts.get(scheme));
        String repeats = repeats(
                scheme,
                webhook.verification(),
                Objects.requireNonNullElse(webhook.intake().deduplication(), BY_SENDER));
        return new SenderGuide(
                scheme.wireName(), scheme.title(), Markdown.html(text.checked() + " " + repeats), text.steps(), shown);
    }

    private static String repeats(VerificationScheme scheme, Verification verification, Deduplication wanted) {
        EventIdPlace place = EventIdPlace.of(scheme, verification, wanted);
        String window = DurationText.words(wanted.window() == null ? USUAL_WINDOW : wanted.window());
        if (place.isInHeader()) {
            return "We take `" + place.header() + "` as the event id, so a repeated delivery starts nothing twice for "
                    + window + ".";
        }
        if (place.isInBody()) {
            return "We take `" + place.pointer()
                    + "` of the body as the event id, so a repeated delivery starts nothing twice for " + window + ".";
        }
        return wanted.by() == Deduplication.Key.BODY
                ? "A body that came before starts nothing for " + window + "."
                : "No event id is looked at, so a repeated delivery starts a run again.";
    }

    private static String file(String path) {
        try (InputStream in = SenderGuides.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("there is no guide " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
