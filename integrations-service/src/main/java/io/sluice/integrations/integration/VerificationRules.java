package io.sluice.integrations.integration;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.webhook.Verification;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a verification must look like, by its scheme. */
final class VerificationRules {

    static final Set<String> SCHEMES = Set.of("none", "hmac", "standard-webhooks", "woocommerce");

    private static final int MOST_SECRETS = 2;
    private static final Set<String> ALGORITHMS = Set.of("sha1", "sha256", "sha512");
    private static final Set<String> ENCODINGS = Set.of("hex", "base64");

    private VerificationRules() {}

    /**
     * Checks a verification, secrets included.
     *
     * @param secrets how many it will have
     * @throws ProblemException that names every field that needs another value
     */
    static void check(Verification wanted, int secrets) {
        List<FieldProblem> problems = new ArrayList<>();
        if (!SCHEMES.contains(wanted.scheme())) {
            throw ProblemException.field(
                    "/verification/scheme",
                    "one of " + String.join(", ", SCHEMES.stream().sorted().toList()));
        }
        if (wanted.scheme().equals("none")) {
            if (secrets > 0) {
                problems.add(new FieldProblem("/verification/secrets", "an unsigned endpoint has no secrets"));
            }
        } else if (secrets < 1 || secrets > MOST_SECRETS) {
            problems.add(new FieldProblem("/verification/secrets", "one secret, or two while it is rotated"));
        }
        if (wanted.scheme().equals("hmac")) {
            hmac(wanted, problems);
        }
        if (wanted.toleranceSeconds() != null
                && (wanted.toleranceSeconds() < 1 || wanted.toleranceSeconds() > 86_400)) {
            problems.add(new FieldProblem("/verification/toleranceSeconds", "1 to 86400"));
        }
        if (!problems.isEmpty()) {
            throw ProblemException.fields(problems);
        }
    }

    /** A Standard Webhooks secret that cannot be read would refuse every call. */
    static void checkSecret(String scheme, String secret, int index) {
        String pointer = "/verification/secrets/" + index;
        if (secret.isBlank()) {
            throw ProblemException.field(pointer, "a secret is needed");
        }
        if (scheme.equals("standard-webhooks")) {
            try {
                byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
                if (key.length < 16) {
                    throw ProblemException.field(pointer, "the key is shorter than 16 bytes");
                }
            } catch (IllegalArgumentException e) {
                throw ProblemException.field(pointer, "a Standard Webhooks secret is whsec_ and base64");
            }
        }
    }

    private static void hmac(Verification wanted, List<FieldProblem> problems) {
        if (wanted.header() == null || wanted.header().isBlank()) {
            problems.add(new FieldProblem("/verification/header", "the header that carries the signature is needed"));
        }
        oneOf("/verification/algorithm", wanted.algorithm(), ALGORITHMS, problems);
        oneOf("/verification/encoding", wanted.encoding(), ENCODINGS, problems);
        String signed = wanted.signedContent();
        if (signed != null && !signed.contains("{body}")) {
            problems.add(new FieldProblem("/verification/signedContent", "must contain {body}"));
        }
        if (signed != null && signed.contains("{timestamp}") && wanted.timestampHeader() == null) {
            problems.add(new FieldProblem("/verification/timestampHeader", "is needed, since {timestamp} is signed"));
        }
        if (signed != null && signed.contains("{id}") && wanted.eventIdHeader() == null) {
            problems.add(new FieldProblem("/verification/eventIdHeader", "is needed, since {id} is signed"));
        }
    }

    private static void oneOf(String pointer, @Nullable String value, Set<String> known, List<FieldProblem> problems) {
        if (value != null && !known.contains(value)) {
            problems.add(new FieldProblem(
                    pointer,
                    "one of " + String.join(", ", known.stream().sorted().toList())));
        }
    }
}
