package io.sluice.ingress.intake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** A body without its content coding. The signature was over the bytes as they came. */
sealed interface Unpacked {

    int CHUNK = 64 * 1024;

    record Plain(IncomingCall call) implements Unpacked {}

    /** It would be larger than the endpoint takes. */
    record TooLarge() implements Unpacked {}

    record NotReadable(String detail) implements Unpacked {}

    /** There is no memory for it now. */
    record NoRoom() implements Unpacked {}

    /** @param most bytes after unpacking */
    static Unpacked of(IncomingCall call, int most, Room room) {
        String coding = coding(call);
        if (coding.isEmpty()) {
            return new Plain(call);
        }
        if (!List.of("gzip", "x-gzip", "deflate").contains(coding)) {
            return new NotReadable("Send the body without Content-Encoding, or with gzip or deflate.");
        }
        try (InputStream packed = new ByteArrayInputStream(call.body());
                InputStream plain =
                        coding.equals("deflate") ? new InflaterInputStream(packed) : new GZIPInputStream(packed)) {
            return read(call, plain, most, room);
        } catch (IOException e) {
            return new NotReadable("The body is not " + coding + ", as Content-Encoding says.");
        }
    }

    /** Empty when there is none. */
    static String coding(IncomingCall call) {
        String coding = call.header("content-encoding").strip().toLowerCase(Locale.ROOT);
        return coding.equals("identity") ? "" : coding;
    }

    private static Unpacked read(IncomingCall call, InputStream plain, int most, Room room) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        for (int read = plain.readNBytes(chunk, 0, CHUNK); read > 0; read = plain.readNBytes(chunk, 0, CHUNK)) {
            if (all.size() + (long) read > most) {
                return new TooLarge();
            }
            // Twice, for while they are copied.
            if (!room.take(2L * read)) {
                return new NoRoom();
            }
            all.write(chunk, 0, read);
        }
        byte[] bytes = all.toByteArray();
        return room.carry(Weights.document(bytes)) ? new Plain(call.withBody(bytes)) : new NoRoom();
    }
}
