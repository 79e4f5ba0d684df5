package io.sluice.ingress.intake;

import io.sluice.contract.webhook.WebhookIntake;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which media types an endpoint takes. */
final class ContentTypes {

    private ContentTypes() {}

    static Optional<Receipt> refusal(WebhookIntake intake, String mediaType) {
        List<String> taken = intake.contentTypes();
        if (taken == null || taken.isEmpty() || taken.stream().anyMatch(type -> fits(type, mediaType))) {
            return Optional.empty();
        }
        return Optional.of(new Receipt.WrongType("This endpoint takes " + String.join(", ", taken) + "."));
    }

    private static boolean fits(String taken, String mediaType) {
        String wanted = taken.toLowerCase(Locale.ROOT);
        return wanted.endsWith("/*")
                ? mediaType.startsWith(wanted.substring(0, wanted.length() - 1))
                : mediaType.equals(wanted);
    }
}
