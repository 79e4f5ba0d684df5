package io.sluice.ingress.signature;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is signed of a call.
 *
 * @param template with {@code {body} {timestamp} {id} {url}}
 * @param timestampHeader where the time stands; when there is one, it must be near
 * @param idHeader where the event's id stands
 */
record SignedContent(
        String template,
        @Nullable String timestampHeader,
        @Nullable String idHeader) {

    static final String BODY = "{body}";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(body|timestamp|id|url)}");

    /** Empty when a header that is signed is missing or comes twice. */
    Optional<byte[]> of(SignedCall call) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int from = 0;
        while (matcher.find()) {
            content.writeBytes(Hmac.utf8(template.substring(from, matcher.start())));
            Optional<byte[]> part = part(matcher.group(1), call);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            content.writeBytes(part.get());
            from = matcher.end();
        }
        content.writeBytes(Hmac.utf8(template.substring(from)));
        return Optional.of(content.toByteArray());
    }

    private Optional<byte[]> part(String name, SignedCall call) {
        return switch (name) {
            case "body" -> Optional.of(call.body());
            case "url" -> Optional.of(Hmac.utf8(call.url()));
            case "timestamp" -> header(call, timestampHeader);
            default -> header(call, idHeader);
        };
    }

    private static Optional<byte[]> header(SignedCall call, @Nullable String name) {
        return name == null ? Optional.empty() : call.single(name).map(Hmac::utf8);
    }
}
