package io.sluice.integrations.integration;

import io.sluice.contract.webhook.WebhookAnswer;
import io.sluice.run.expression.Pointers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an endpoint's answer must look like. */
final class AnswerRules {

    private static final String ANSWER = "/intake/answer/";
    private static final int MOST_HEADERS = 20;
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,4096}");

    /** The connection's own, or such as would tie a browser to this host in the name of whoever set them. */
    private static final Set<String> NOT_SETTABLE = Set.of(
            "connection",
            "content-encoding",
            "content-length",
            "date",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "set-cookie",
            "set-cookie2",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final WebhookAnswer wanted;
    private final Complaints complaints;

    private AnswerRules(WebhookAnswer wanted, Complaints complaints) {
        this.wanted = wanted;
        this.complaints = complaints;
    }

    static void check(WebhookAnswer wanted, Complaints complaints) {
        AnswerRules rules = new AnswerRules(wanted, complaints);
        if (wanted.mode() == WebhookAnswer.Mode.FIXED) {
            rules.fixed();
        } else {
            rules.unused("status", wanted.status());
            rules.unused("headers", wanted.headers());
            rules.unused("body", wanted.body());
        }
        if (wanted.mode() == WebhookAnswer.Mode.WAIT) {
            complaints.between(ANSWER + "deadline", wanted.deadline(), Duration.ofMillis(100), Duration.ofSeconds(60));
            complaints.expression(ANSWER + "response", wanted.response());
        } else {
            rules.unused("deadline", wanted.deadline());
            rules.unused("response", wanted.response());
        }
    }

    private void fixed() {
        Integer status = wanted.status();
        String body = wanted.body();
        complaints.unless(status == null || (status >= 200 && status <= 299), ANSWER + "status", "200 to 299");
        if (body != null) {
            complaints.unless(
                    body.getBytes(StandardCharsets.UTF_8).length <= LARGEST_BODY, ANSWER + "body", "at most 64 KiB");
            complaints.unless(
                    status == null || (status != NO_CONTENT && status != RESET_CONTENT),
                    ANSWER + "body",
                    "an answer of status " + status + " has no body: leave it out");
        }
        headers(wanted.headers() == null ? Map.of() : wanted.headers());
    }

    private void headers(Map<String, String> headers) {
        complaints.unless(headers.size() <= MOST_HEADERS, ANSWER + "headers", "at most " + MOST_HEADERS);
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            String pointer = ANSWER + "headers/" + Pointers.escape(name);
            complaints.headerName(pointer, name);
            complaints.unless(seen.add(name), pointer, "is there twice");
            complaints.unless(
                    !NOT_SETTABLE.contains(name.toLowerCase(Locale.ROOT)), pointer, "cannot be set: leave it out");
            // JSON may bring a null.
            complaints.unless(
                    (Object) value instanceof String text
                            && HEADER_VALUE.matcher(text).matches(),
                    pointer,
                    "printable ASCII, at most 4096 characters");
        });
    }

    private void unused(String field, @Nullable Object value) {
        complaints.unless(
                value == null, ANSWER + field, "not used by " + wanted.mode().wireName() + ": leave it out");
    }
}
