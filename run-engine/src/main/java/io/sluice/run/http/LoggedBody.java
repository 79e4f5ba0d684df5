package io.sluice.run.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body as the log shows it: text without its secrets and cut, or how large it is. */
final class LoggedBody {

    /** Longest body in a log, characters. */
    private static final int LONGEST = 64 * 1024;

    private LoggedBody() {}

    static @Nullable String of(byte @Nullable [] body, Map<String, String> headers, Masking masking) {
        if (body == null || body.length == 0) {
            return null;
        }
        String type = contentType(headers);
        String text = type.startsWith("multipart/") ? null : text(body);
        if (text == null) {
            return "(binary, " + body.length + " bytes)";
        }
        // Masked before it is cut: a secret across the cut would stay readable in part.
        String masked = type.startsWith("application/x-www-form-urlencoded") ? masking.form(text) : masking.body(text);
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + "… (cut)";
    }

    private static String contentType(Map<String, String> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
                .map(header -> header.getValue().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    /** Null when it is none. */
    private static @Nullable String text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.indexOf('\0') >= 0 ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
