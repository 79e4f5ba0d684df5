package io.sluice.ingress.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** A body without its content coding. The signature was over the bytes as they came. */
sealed interface Unpacked {

    record Plain(IncomingCall call) implements Unpacked {}

    /** It would be larger than the endpoint takes. */
    record TooLarge() implements Unpacked {}

    record NotReadable(String detail) implements Unpacked {}

    /** @param most bytes after unpacking */
    static Unpacked of(IncomingCall call, int most) {
        String coding = call.header("content-encoding").strip().toLowerCase(Locale.ROOT);
        if (coding.isEmpty() || coding.equals("identity")) {
            return new Plain(call);
        }
        if (!List.of("gzip", "x-gzip", "deflate").contains(coding)) {
            return new NotReadable("Send the body without Content-Encoding, or with gzip or deflate.");
        }
        try (InputStream packed = new ByteArrayInputStream(call.body());
                InputStream plain =
                        coding.equals("deflate") ? new InflaterInputStream(packed) : new GZIPInputStream(packed)) {
            // One byte more than is allowed says that there is more, however much that would be.
            byte[] bytes = plain.readNBytes(most + 1);
            return bytes.length > most ? new TooLarge() : new Plain(call.withBody(bytes));
        } catch (IOException e) {
            return new NotReadable("The body is not " + coding + ", as Content-Encoding says.");
        }
    }
}
