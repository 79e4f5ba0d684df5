package io.sluice.ingress.testsupport;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection on which a caller may misbehave. */
public final class RawCall implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Socket socket = new Socket();

    private RawCall() {}

    /**
     * What came back.
     *
     * @param head status line and headers
     */
    public record Reply(int status, String head, String body) {

        public boolean has(String header) {
            return Pattern.compile("(?im)^" + Pattern.quote(header) + ":")
                    .matcher(head)
                    .find();
        }
    }

    public static RawCall open() {
        RawCall call = new RawCall();
        try {
            call.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port), 5_000);
            call.socket.setSoTimeout((int) PATIENCE.toMillis());
            return call;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of a head, each ended as HTTP wants it. */
    public RawCall head(String... lines) {
        return send(String.join("\r\n", lines) + "\r\n\r\n");
    }

    public RawCall send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether the other side still listens is seen by its answer alone. */
    public RawCall send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // It has closed the connection: so it may.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A chunk of a body without length. */
    public RawCall chunk(byte[] bytes) {
        return send(Integer.toHexString(bytes.length) + "\r\n").send(bytes).send("\r\n");
    }

    /** The next answer that is final; empty when the connection ends without one. */
    public Optional<Reply> reply() {
        try {
            String head = readHead();
            while (head.startsWith("HTTP/1.1 1")) {
                head = readHead();
            }
            if (head.isEmpty()) {
                return Optional.empty();
            }
            Matcher length = LENGTH.matcher(head);
            byte[] body =
                    length.find() ? socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
            return Optional.of(
                    new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, new String(body, StandardCharsets.UTF_8)));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection hangs", e);
        } catch (SocketException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String readHead() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            String text = head.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith("\r\n\r\n")) {
                return text;
            }
        }
        return "";
    }

    /** Whether the other side closes the connection in this time. */
    public boolean isClosedWithin(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
