package io.sluice.benchmarks.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls as a shop sends them: 1 KB of JSON, each one different and signed. For one thread. */
public final class SignedCalls {

    public static final String ID_HEADER = "X-Delivery";
    public static final String SIGNATURE_HEADER = "X-Hub-Signature-256";
    public static final int BODY_BYTES = 1024;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int DIGITS = 10;

    private final String phase;
    private final List<String> paths;
    private final String rest;
    private final Mac mac;

    /** One call, as it goes over the wire. */
    public record Call(String path, String eventId, Buffer body, String signature) {}

    /**
     * Makes calls.
     *
     * @param phase what all event ids begin with
     * @param paths where they go, in turn
     */
    public SignedCalls(String phase, String secret, List<String> paths) {
        this.phase = phase;
        this.paths = List.copyOf(paths);
        this.rest = rest(BODY_BYTES - beginning(0).length());
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    public Call call(int number) {
        byte[] body = (beginning(number) + rest).getBytes(StandardCharsets.ISO_8859_1);
        String signature = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        return new Call(paths.get(number % paths.size()), eventId(number), Buffer.buffer(body), signature);
    }

    /** Which call an event id stands for. */
    public static int number(String eventId) {
        return Integer.parseInt(eventId.substring(eventId.length() - DIGITS));
    }

    private String beginning(int number) {
        return "{\"id\":\"" + eventId(number) + "\",\"total\":" + (100_000 + number % 900_000) + ",";
    }

    private String eventId(int number) {
        String digits = Integer.toString(number);
        return phase + "-" + "0".repeat(DIGITS - digits.length()) + digits;
    }

    /** An order's items, and a note that fills what is left. */
    private static String rest(int bytes) {
        StringBuilder text = new StringBuilder("\"type\":\"order.created\",\"currency\":\"EUR\",\"items\":[");
        for (int i = 0; i < 8; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"sku\":\"SKU-%05d\",\"quantity\":%d,\"price\":%d,\"taxed\":%b,\"options\":{\"size\":\"M\"}}",
                            i * 7919,
                            1 + i,
                            1_990 + i,
                            i % 2 == 0));
        }
        text.append("],\"note\":\"");
        String end = "\"}";
        return text.append("x".repeat(bytes - text.length() - end.length()))
                .append(end)
                .toString();
    }
}
