package io.sluice.system.load;

import io.sluice.system.client.WebhookCall;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** Somebody who signs events as Standard Webhooks wants it, and numbers them. */
public final class Sender {

    private final URI url;
    private final String secret;
    private final String prefix = "event-" + UUID.randomUUID().toString().substring(0, 8) + "-";

    public Sender(String url, String secret) {
        this.url = URI.create(url);
        this.secret = secret;
    }

    /** The id of an event by its number. */
    public String eventId(int number) {
        return prefix + number;
    }

    /** The number behind an id of this sender. */
    public int number(String eventId) {
        return Integer.parseInt(eventId.substring(prefix.length()));
    }

    /** A call that brings the event, signed now. */
    public byte[] call(int number) {
        return wire(WebhookCall.post(url.toString(), Map.of("number", number)).signed(secret, eventId(number)));
    }

    /** A call as it goes over the wire. */
    public static byte[] wire(WebhookCall call) {
        URI url = URI.create(call.url());
        byte[] body = call.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder()
                .append(call.method())
                .append(' ')
                .append(url.getRawPath())
                .append(" HTTP/1.1\r\nHost: ")
                .append(url.getAuthority())
                .append("\r\n");
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
