package io.sluice.run.step;

import io.sluice.run.expression.Json;
import io.sluice.run.http.HttpAnswer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a response holds, as a flow sees it: JSON as data, text as text in the charset that it names, and in base64 what
 * is no text by its type (pictures, sound, fonts, PDF, archives) or by its bytes.
 */
final class Content {

    private static final Set<String> BINARY_KINDS = Set.of("image", "audio", "video", "font");
    private static final Set<String> BINARY_TYPES =
            Set.of("application/pdf", "application/zip", "application/gzip", "application/x-7z-compressed");

    private static final Pattern CHARSET = Pattern.compile("charset=\"?([a-z0-9_:.+-]{1,40})\"?");

    private Content() {}

    static @Nullable Object of(HttpAnswer answer) {
        if (answer.body().length == 0) {
            return null;
        }
        String type = answer.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        String text = isBinary(Bodies.mediaType(type)) ? null : text(answer.body(), charset(type));
        if (text == null) {
            return Base64.getEncoder().encodeToString(answer.body());
        }
        if (Bodies.isJson(type)) {
            try {
                return Json.plain(Json.parse(text));
            } catch (IllegalArgumentException e) {
                // It says JSON and is not: the flow gets what came, so that its author can see it.
                return text;
            }
        }
        return text;
    }

    private static boolean isBinary(String type) {
        int slash = type.indexOf('/');
        boolean byKind = slash > 0 && BINARY_KINDS.contains(type.substring(0, slash)) && !type.endsWith("+xml");
        return byKind || BINARY_TYPES.contains(type);
    }

    /** Null when the bytes are none in that charset. */
    private static @Nullable String text(byte[] body, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.indexOf('\0') >= 0 ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** UTF-8, too, where nothing or something unknown is named. */
    private static Charset charset(String type) {
        Matcher named = CHARSET.matcher(type);
        try {
            return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
