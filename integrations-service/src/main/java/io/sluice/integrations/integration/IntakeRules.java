package io.sluice.integrations.integration;

import io.sluice.contract.connection.CallRate;
import io.sluice.contract.webhook.Deduplication;
import io.sluice.contract.webhook.VerificationScheme;
import io.sluice.contract.webhook.WebhookIntake;
import io.sluice.run.http.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an endpoint's intake must look like. */
final class IntakeRules {

    private static final int MOST_TYPES = 50;
    private static final int MOST_ADDRESSES = 200;

    /** RFC 6838 §4.2; no parameters, since bodies are told apart by their type alone. */
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/(\\*|[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126})");

    private final WebhookIntake wanted;
    private final Complaints complaints;

    private IntakeRules(WebhookIntake wanted, Complaints complaints) {
        this.wanted = wanted;
        this.complaints = complaints;
    }

    static void check(WebhookIntake wanted, Complaints complaints) {
        IntakeRules rules = new IntakeRules(wanted, complaints);
        rules.contentTypes(wanted.contentTypes());
        rules.addresses(wanted.allowedAddresses());
        rules.rate(wanted.rate());
        rules.deduplication(wanted.deduplication());
        rules.times();
        complaints.expression("/intake/filter", wanted.filter());
        if (wanted.answer() != null) {
            AnswerRules.check(wanted.answer(), complaints);
        }
    }

    /** A scheme whose only proof is the address takes every call where none is named. */
    static void checkFits(VerificationScheme scheme, WebhookIntake intake, Complaints complaints) {
        complaints.unless(
                scheme != VerificationScheme.IP_LIST
                        || (intake.allowedAddresses() != null
                                && !intake.allowedAddresses().isEmpty()),
                "/intake/allowedAddresses",
                "ip-list takes calls by their address alone: name the addresses or ranges that may call");
    }

    private void contentTypes(@Nullable List<String> types) {
        if (types == null) {
            return;
        }
        complaints.unless(types.size() <= MOST_TYPES, "/intake/contentTypes", "at most " + MOST_TYPES);
        for (int i = 0; i < types.size(); i++) {
            // JSON may bring a null.
            complaints.unless(
                    MEDIA_TYPE.matcher(String.valueOf((Object) types.get(i))).matches(),
                    "/intake/contentTypes/" + i,
                    "a media type such as application/json or text/*, without parameters; leave contentTypes out to take all");
        }
    }

    private void addresses(@Nullable List<String> addresses) {
        if (addresses == null) {
            return;
        }
        complaints.unless(addresses.size() <= MOST_ADDRESSES, "/intake/allowedAddresses", "at most " + MOST_ADDRESSES);
        for (int i = 0; i < addresses.size(); i++) {
            try {
                var _ = Cidr.parse(String.valueOf((Object) addresses.get(i)));
            } catch (IllegalArgumentException e) {
                complaints.at(
                        "/intake/allowedAddresses/" + i,
                        "an address or a range of them is needed, such as 203.0.113.7 or 2001:db8::/32");
            }
        }
    }

    private void rate(@Nullable CallRate rate) {
        // Its other bounds stand on the contract itself.
        complaints.between(
                "/intake/rate/per", rate == null ? null : rate.per(), Duration.ofSeconds(1), Duration.ofDays(1));
    }

    private void deduplication(@Nullable Deduplication wanted) {
        if (wanted == null) {
            return;
        }
        String name = wanted.name();
        String pointer = "/intake/deduplication/name";
        switch (wanted.by()) {
            case HEADER -> {
                complaints.unless(name != null, pointer, "the header with the event's id is needed");
                complaints.headerName(pointer, name);
            }
            case POINTER -> {
                complaints.unless(name != null, pointer, "the JSON pointer to the event's id in the body is needed");
                complaints.jsonPointer(pointer, name);
            }
            case SENDER, BODY, NONE ->
                complaints.unless(
                        name == null, pointer, "not used by " + wanted.by().wireName() + ": leave it out");
        }
        if (wanted.by() == Deduplication.Key.NONE) {
            complaints.unless(
                    wanted.window() == null, "/intake/deduplication/window", "not used by none: leave it out");
        }
    }

    private void times() {
        Deduplication deduplication = wanted.deduplication();
        complaints.between(
                "/intake/deduplication/window",
                deduplication == null ? null : deduplication.window(),
                Duration.ofMinutes(1),
                Duration.ofDays(90));
        complaints.between("/intake/expectEvery", wanted.expectEvery(), Duration.ofMinutes(1), Duration.ofDays(366));
    }
}
