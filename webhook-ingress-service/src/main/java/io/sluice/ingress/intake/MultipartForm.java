package io.sluice.ingress.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A form with files (RFC 7578), which was read into memory within the endpoint's limit before. */
final class MultipartForm {

    private static final int MOST_FIELDS = 1_000;

    private MultipartForm() {}

    /**
     * Fields by their names; one that comes several times is a list. A file is
     * {@code {filename, contentType, size, base64}}.
     *
     * @return empty when it cannot be read
     */
    static Optional<JsonNode> read(IncomingCall call) {
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(call.body()));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, call.contentType());
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(
                    new DefaultHttpDataFactory(false), request, StandardCharsets.UTF_8, MOST_FIELDS, 64 * 1024);
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            for (InterfaceHttpData part : decoder.getBodyHttpDatas()) {
                switch (part) {
                    case FileUpload file -> Forms.add(fields, file.getName(), file(file));
                    case Attribute field ->
                        Forms.add(fields, field.getName(), JsonNodeFactory.instance.textNode(field.getValue()));
                    default -> {}
                }
            }
            return Optional.of(fields);
        } catch (IOException | RuntimeException e) {
            // Of bytes that strangers made up the decoder throws more than its own exceptions: without a boundary,
            // null.
            return Optional.empty();
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    private static JsonNode file(FileUpload file) throws IOException {
        byte[] bytes = file.get();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("filename", file.getFilename());
        node.put("contentType", file.getContentType());
        node.put("size", bytes.length);
        node.set("base64", EventOf.base64(bytes));
        return node;
    }
}
