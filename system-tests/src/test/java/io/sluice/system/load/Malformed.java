package io.sluice.system.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Requests that no HTTP client sends, at a URL that takes any call. None of them may start a run. */
public final class Malformed {

    private static final int HUGE = 1024 * 1024;
    private static final int BOMB = 512 * 1024 * 1024;

    private final String path;
    private final String host;
    private final Map<String, byte[]> cases = new LinkedHashMap<>();

    public Malformed(URI url) {
        this.path = url.getRawPath();
        this.host = url.getAuthority();
        heads();
        lengths();
        smuggled();
        chunks();
        bodies();
    }

    public Map<String, byte[]> cases() {
        return Collections.unmodifiableMap(cases);
    }

    private void heads() {
        add("a header of a megabyte", head("X-Large: " + "x".repeat(HUGE)) + "\r\n");
        add("ten thousand headers", head("X-Many: x\r\n".repeat(10_000).strip()) + "\r\n");
        add("a request line of a megabyte", "POST " + path + "?" + "x".repeat(HUGE) + " HTTP/1.1\r\n\r\n");
        add("a path of a megabyte", "POST /webhook/" + "x".repeat(HUGE) + " HTTP/1.1\r\n\r\n");
        add("a method of a megabyte", "P".repeat(HUGE) + " " + path + " HTTP/1.1\r\n\r\n");
        add("no HTTP", "hello, is anybody there?\r\n\r\n");
        add("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003 hello\r\n\r\n");
        add("an unknown version", "POST " + path + " HTTP/9.9\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");
        add("a header without a colon", head("Content-Length: 2\r\nnonsense") + "\r\n{}");
        add("a blank before the colon", head("Content-Length : 2") + "\r\n{}");
        add("a zero byte in a header", head("X-Zero: a\u0000b\r\nContent-Length: 2") + "\r\n{}");
        add("broken escapes in the path", "POST " + path + "%zz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        add("the way up", "POST /webhook/../../etc/passwd HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private void lengths() {
        add("a negative length", head("Content-Length: -1") + "\r\n{}");
        add("a length with a sign", head("Content-Length: +2") + "\r\n{}");
        add("a length that is none", head("Content-Length: two") + "\r\n{}");
        add("a length beyond all bounds", head("Content-Length: 99999999999999999999999") + "\r\n{}");
        add("a length that is announced and too large", head("Content-Length: 9223372036854775807") + "\r\n{}");
        add("two lengths", head("Content-Length: 2\r\nContent-Length: 3") + "\r\n{} ");
        add("two lengths in one header", head("Content-Length: 2, 3") + "\r\n{} ");
        add("a body that is shorter than its length", head("Content-Length: 20") + "\r\n{}");
    }

    /** A second request is hidden in what one of two readers takes for the body. */
    private void smuggled() {
        String hidden =
                "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nX-Smuggled: yes\r\nContent-Length: 2\r\n\r\n{}";
        String chunked = "0\r\n\r\n" + hidden;
        add(
                "a length and chunks",
                head("Content-Length: " + chunked.length() + "\r\nTransfer-Encoding: chunked") + "\r\n" + chunked);
        add("chunks and a short length", head("Transfer-Encoding: chunked\r\nContent-Length: 4") + "\r\n" + chunked);
        add("chunked in vain", head("Transfer-Encoding: xchunked\r\nContent-Length: 2") + "\r\n{}");
        add("chunked twice", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity") + "\r\n" + chunked);
        add("chunked and not last", head("Transfer-Encoding: chunked, identity") + "\r\n" + chunked);
        add("chunked behind a tab", head("Transfer-Encoding:\tchunked\r\nContent-Length: 4") + "\r\n" + chunked);
        add("chunked before the colon", head("Transfer-Encoding : chunked\r\nContent-Length: 4") + "\r\n" + chunked);
        add(
                "chunks in HTTP 1.0",
                "POST " + path + " HTTP/1.0\r\nHost: " + host
                        + "\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n" + chunked);
    }

    private void chunks() {
        String head = head("Transfer-Encoding: chunked") + "\r\n";
        add("a chunk without a size", head + "\r\n{}\r\n0\r\n\r\n");
        add("a chunk of a negative size", head + "-2\r\n{}\r\n0\r\n\r\n");
        add("a chunk whose size is none", head + "zz\r\n{}\r\n0\r\n\r\n");
        add("a chunk beyond all bounds", head + "ffffffffffffffffff\r\n{}\r\n0\r\n\r\n");
        add("a chunk that is longer than its size", head + "1\r\n{}{}{}\r\n0\r\n\r\n");
        add("chunks that stop half-way", head + "2\r\n{}\r\n5\r\n{");
        add("a chunk with an extension of a megabyte", head + "2;" + "x".repeat(HUGE) + "\r\n{}\r\n0\r\n\r\n");
        add("a trailer of a megabyte", head + "2\r\n{}\r\n0\r\nX-Large: " + "x".repeat(HUGE) + "\r\n\r\n");
    }

    private void bodies() {
        byte[] bomb = bomb();
        String head = head("Content-Encoding: gzip\r\nContent-Length: " + bomb.length) + "\r\n";
        add("a bomb of 512 MB", head + new String(bomb, StandardCharsets.ISO_8859_1));
        add("no gzip", head("Content-Encoding: gzip\r\nContent-Length: 2") + "\r\n{}");
        add("an unknown coding", head("Content-Encoding: snappy\r\nContent-Length: 2") + "\r\n{}");
    }

    private String head(String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n" + headers
                + "\r\n";
    }

    private void add(String name, String request) {
        String named = request.replace("Content-Type:", "X-Case: " + name + "\r\nContent-Type:");
        cases.put(name, named.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            byte[] zeros = new byte[HUGE];
            for (int i = 0; i < BOMB / HUGE; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
