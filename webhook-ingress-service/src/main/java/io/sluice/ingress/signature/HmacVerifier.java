package io.sluice.ingress.signature;

import io.sluice.contract.webhook.Verification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A keyed digest in any header, by the endpoint's own settings. */
final class HmacVerifier implements Verifier {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(body|timestamp|id|url)}");

    private final Timestamps timestamps;

    HmacVerifier(Timestamps timestamps) {
        this.timestamps = timestamps;
    }

    @Override
    public Verdict verify(SignedCall call, Verification verification, List<String> secrets) {
        String header = Objects.requireNonNullElse(verification.header(), "");
        Optional<String> signature = call.single(header);
        if (signature.isEmpty()) {
            return new Verdict.Refused(header + " is missing");
        }
        String prefix = Objects.requireNonNullElse(verification.prefix(), "");
        if (!signature.get().startsWith(prefix)) {
            return new Verdict.Refused(header + " does not begin with “" + prefix + "”");
        }
        Optional<String> refusal = timeRefusal(call, verification);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        Optional<byte[]> content = signedContent(call, verification);
        if (content.isEmpty()) {
            return new Verdict.Refused("a header that is signed is missing");
        }
        String text = signature.get().substring(prefix.length());
        Optional<byte[]> received = "base64".equals(verification.encoding()) ? Hmac.base64(text) : Hmac.hex(text);
        for (String secret : secrets) {
            byte[] key = secret.getBytes(StandardCharsets.UTF_8);
            if (Hmac.equal(Hmac.of(algorithm(verification.algorithm()), key, content.get()), received)) {
                return new Verdict.Verified();
            }
        }
        return new Verdict.Refused(header + " does not fit what is signed");
    }

    @Override
    public Optional<String> eventId(SignedCall call, Verification verification) {
        return EventIds.of(call, verification);
    }

    private Optional<String> timeRefusal(SignedCall call, Verification verification) {
        String header = verification.timestampHeader();
        if (header == null) {
            return Optional.empty();
        }
        boolean near = call.single(header)
                .filter(seconds -> timestamps.isNear(seconds, verification))
                .isPresent();
        return near ? Optional.empty() : Optional.of(header + " is missing or too far from now");
    }

    private static Optional<byte[]> signedContent(SignedCall call, Verification verification) {
        String template = Objects.requireNonNullElse(verification.signedContent(), "{body}");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int from = 0;
        while (matcher.find()) {
            content.writeBytes(utf8(template.substring(from, matcher.start())));
            Optional<byte[]> part = part(matcher.group(1), call, verification);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            content.writeBytes(part.get());
            from = matcher.end();
        }
        content.writeBytes(utf8(template.substring(from)));
        return Optional.of(content.toByteArray());
    }

    private static Optional<byte[]> part(String name, SignedCall call, Verification verification) {
        return switch (name) {
            case "body" -> Optional.of(call.body());
            case "url" -> Optional.of(utf8(call.url()));
            case "timestamp" -> header(call, verification.timestampHeader());
            default -> header(call, verification.eventIdHeader());
        };
    }

    private static Optional<byte[]> header(SignedCall call, @Nullable String name) {
        return name == null ? Optional.empty() : call.single(name).map(HmacVerifier::utf8);
    }

    private static String algorithm(@Nullable String name) {
        return switch (Objects.requireNonNullElse(name, "sha256")) {
            case "sha1" -> "HmacSHA1";
            case "sha512" -> "HmacSHA512";
            default -> "HmacSHA256";
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
