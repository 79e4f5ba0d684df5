package io.sluice.integrations.integration;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Verification;
import io.sluice.contract.webhook.VerificationScheme;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a verification must look like, by its scheme. */
final class VerificationRules {

    private static final int MOST_SECRETS = 2;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_TOLERANCE = 86_400;
    private static final List<String> ALGORITHMS = List.of("sha1", "sha256", "sha512");
    private static final List<String> ENCODINGS = List.of("hex", "base64");
    private static final Pattern VERIFY_TOKEN = Pattern.compile("[\\x21-\\x7e]{8,200}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final Verification wanted;
    private final Complaints complaints;

    private VerificationRules(Verification wanted, Complaints complaints) {
        this.wanted = wanted;
        this.complaints = complaints;
    }

    /** @throws ProblemException with all names, when it is none of ours */
    static VerificationScheme scheme(Verification wanted) {
        return VerificationScheme.of(wanted.scheme())
                .orElseThrow(() -> ProblemException.field(
                        "/verification/scheme", "one of " + String.join(", ", VerificationScheme.wireNames())));
    }

    /** What is missing or wrong; how many secrets it has counts, not what they are. */
    static void check(Verification wanted, Complaints complaints) {
        new VerificationRules(wanted, complaints).check(scheme(wanted));
    }

    /** What the scheme does not read. Asked of what is written only: what an earlier version took goes on. */
    static void checkNothingElse(Verification wanted, Complaints complaints) {
        VerificationScheme scheme = scheme(wanted);
        Set<VerificationField> known = VerificationField.of(scheme);
        for (VerificationField field : VerificationField.values()) {
            complaints.unless(
                    known.contains(field) || !field.isGiven(wanted),
                    field.pointer(),
                    "not used by " + scheme.wireName() + ": leave it out");
        }
    }

    private void check(VerificationScheme scheme) {
        secrets(scheme);
        switch (scheme) {
            case HMAC -> hmac();
            case API_KEY -> apiKey();
            case BASIC -> basic();
            case JWT -> jwt();
            case META ->
                complaints.unless(
                        wanted.verifyToken() != null
                                && VERIFY_TOKEN.matcher(wanted.verifyToken()).matches(),
                        "/verification/verifyToken",
                        "8 to 200 printable characters without spaces; left out, one is made");
            case NONE, IP_LIST, STANDARD_WEBHOOKS, GITHUB, STRIPE, SHOPIFY, SLACK, WOOCOMMERCE -> {}
            case TWILIO, ZOOM, DROPBOX, X, GITLAB, MICROSOFT_GRAPH, BEARER -> {}
        }
        complaints.unless(
                wanted.toleranceSeconds() == null
                        || (wanted.toleranceSeconds() >= 1 && wanted.toleranceSeconds() <= LONGEST_TOLERANCE),
                "/verification/toleranceSeconds",
                "1 to " + LONGEST_TOLERANCE);
        complaints.headerName("/verification/eventIdHeader", wanted.eventIdHeader());
        complaints.jsonPointer("/verification/eventIdPointer", wanted.eventIdPointer());
    }

    private void secrets(VerificationScheme scheme) {
        int count = wanted.secrets() == null ? 0 : wanted.secrets().size();
        if (scheme.hasSecrets()) {
            complaints.unless(
                    count >= 1 && count <= MOST_SECRETS,
                    "/verification/secrets",
                    "one secret, or two while it is rotated");
        } else {
            complaints.unless(
                    count == 0, "/verification/secrets", scheme.wireName() + " has no secrets: leave them out");
        }
    }

    private void hmac() {
        String signed = wanted.signedContent();
        needed("/verification/header", wanted.header(), "the header that carries the signature is needed");
        complaints.headerName("/verification/header", blankToNull(wanted.header()));
        complaints.headerName("/verification/timestampHeader", wanted.timestampHeader());
        complaints.oneOf("/verification/algorithm", wanted.algorithm(), ALGORITHMS);
        complaints.oneOf("/verification/encoding", wanted.encoding(), ENCODINGS);
        if (signed == null) {
            return;
        }
        complaints.unless(signed.contains("{body}"), "/verification/signedContent", "must contain {body}");
        complaints.unless(
                !signed.contains("{timestamp}") || wanted.timestampHeader() != null,
                "/verification/timestampHeader",
                "is needed, since {timestamp} is signed");
        complaints.unless(
                !signed.contains("{id}") || wanted.eventIdHeader() != null,
                "/verification/eventIdHeader",
                "is needed, since {id} is signed");
    }

    private void apiKey() {
        if (wanted.header() != null && wanted.queryParameter() != null) {
            complaints.at("/verification/queryParameter", "the key is in a header or in the query: give one of them");
        } else if (wanted.header() != null) {
            complaints.headerName("/verification/header", wanted.header());
        } else if (wanted.queryParameter() != null) {
            complaints.unless(
                    isText(wanted.queryParameter()), "/verification/queryParameter", "the parameter's name is needed");
        } else {
            complaints.at("/verification/header", "the header with the key is needed, or queryParameter instead");
        }
    }

    private void basic() {
        String username = wanted.username();
        complaints.unless(
                username != null && isText(username) && username.indexOf(':') < 0,
                "/verification/username",
                "the user's name is needed, without a colon; the password is the secret");
    }

    private void jwt() {
        complaints.headerName("/verification/header", wanted.header());
        needed("/verification/issuer", wanted.issuer(), "who issues the tokens is needed: their iss");
        needed("/verification/audience", wanted.audience(), "whom the tokens are for is needed: their aud");
        complaints.unless(
                isWebAddress(wanted.jwksUrl()),
                "/verification/jwksUrl",
                "an absolute http or https URL is needed, where the issuer publishes its keys");
    }

    private void needed(String pointer, @Nullable String value, String detail) {
        complaints.unless(isText(value), pointer, detail);
    }

    private static boolean isText(@Nullable String value) {
        return value != null
                && !value.isBlank()
                && value.length() <= LONGEST_TEXT
                && !CONTROL.matcher(value).find();
    }

    private static boolean isWebAddress(@Nullable String value) {
        if (value == null) {
            return false;
        }
        try {
            URI uri = URI.create(value);
            return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
