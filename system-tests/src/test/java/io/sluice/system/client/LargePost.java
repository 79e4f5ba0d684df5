package io.sluice.system.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A body that the server will not want to read to its end. Reads while it writes, as curl does: an answer that comes
 * before the body is through must be seen.
 */
public final class LargePost {

    private static final int CHUNK = 64 * 1024;

    private LargePost() {}

    /** The lines of the answer, the status line first. */
    public static List<String> send(String url, int bytes) throws IOException, InterruptedException {
        URI target = URI.create(url);
        try (Socket socket = new Socket(target.getHost(), target.getPort())) {
            Thread writer = Thread.ofVirtual().start(() -> write(socket, target, bytes));
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> lines = read(reader);
            writer.join();
            return lines;
        }
    }

    private static List<String> read(BufferedReader reader) {
        List<String> lines = new ArrayList<>();
        try {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Cut off while we were still sending; what came before it counts.
        }
        return lines;
    }

    private static void write(Socket socket, URI target, int bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                            .formatted(target.getRawPath(), target.getAuthority(), bytes)
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[CHUNK];
            Arrays.fill(chunk, (byte) 'x');
            for (int sent = 0; sent < bytes; sent += CHUNK) {
                out.write(chunk, 0, Math.min(CHUNK, bytes - sent));
            }
            out.flush();
        } catch (IOException e) {
            // The server has answered and closed; the answer is what counts.
        }
    }
}
