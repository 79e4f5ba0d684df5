package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a keyed digest comes in a header.
 *
 * @param prefix what stands before it
 * @param algorithm the JDK's name
 * @param content what is signed
 */
record SignatureFormat(String header, String prefix, String algorithm, Encoding encoding, SignedContent content) {

    /** Signs the body by SHA-256. */
    static SignatureFormat ofBody(String header, String prefix, Encoding encoding) {
        return new SignatureFormat(
                header, prefix, Hmac.SHA256, encoding, new SignedContent(SignedContent.BODY, null, null));
    }

    /** Slack's manner, which Zoom took over: version, time and body. */
    static SignatureFormat ofTimeAndBody(String header, String timestampHeader) {
        SignedContent content = new SignedContent("v0:{timestamp}:{body}", timestampHeader, null);
        return new SignatureFormat(header, "v0=", Hmac.SHA256, Encoding.HEX, content);
    }

    /** By the endpoint's own settings; empty when they are incomplete or ask for what is not known here. */
    static Optional<SignatureFormat> of(Verification verification) {
        String header = Objects.requireNonNullElse(verification.header(), "");
        Optional<String> algorithm = algorithm(verification.algorithm());
        Optional<Encoding> encoding = encoding(verification.encoding());
        if (header.isBlank() || algorithm.isEmpty() || encoding.isEmpty()) {
            return Optional.empty();
        }
        SignedContent content = new SignedContent(
                Objects.requireNonNullElse(verification.signedContent(), SignedContent.BODY),
                verification.timestampHeader(),
                verification.eventIdHeader());
        String prefix = Objects.requireNonNullElse(verification.prefix(), "");
        return Optional.of(new SignatureFormat(header, prefix, algorithm.get(), encoding.get(), content));
    }

    private static Optional<String> algorithm(@Nullable String name) {
        return switch (Objects.requireNonNullElse(name, "sha256")) {
            case "sha1" -> Optional.of(Hmac.SHA1);
            case "sha256" -> Optional.of(Hmac.SHA256);
            case "sha512" -> Optional.of(Hmac.SHA512);
            default -> Optional.empty();
        };
    }

    private static Optional<Encoding> encoding(@Nullable String name) {
        return switch (Objects.requireNonNullElse(name, "hex")) {
            case "hex" -> Optional.of(Encoding.HEX);
            case "base64" -> Optional.of(Encoding.BASE64);
            default -> Optional.empty();
        };
    }

    String signature(String secret, byte[] signed) {
        return prefix + encoding.encoded(Hmac.of(algorithm, secret, signed));
    }
}
