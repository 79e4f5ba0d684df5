package io.sluice.system.client;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sluice.system.contract.ContractFilter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A call of a third party to a webhook URL. */
public record WebhookCall(String method, String url, String body, Map<String, String> headers) {

    private static final String PREFIX = "whsec_";

    public WebhookCall {
        headers = Map.copyOf(headers);
    }

    public static WebhookCall get(String url) {
        return new WebhookCall("GET", url, "", Map.of());
    }

    public static WebhookCall post(String url, Object body) {
        return new WebhookCall("POST", url, Json.write(body), Map.of("Content-Type", "application/json"));
    }

    /** A secret as Standard Webhooks has them. */
    public static String newSecret() {
        return PREFIX + Base64.getEncoder().encodeToString(Json.unique("key").getBytes(StandardCharsets.UTF_8));
    }

    /** The verification that fits {@link #signed}. */
    public static Map<String, Object> standardWebhooks(String secret) {
        return Map.of("scheme", "standard-webhooks", "secrets", List.of(secret));
    }

    public static Map<String, Object> noVerification() {
        return Map.of("scheme", "none");
    }

    public WebhookCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WebhookCall(method, url, body, more);
    }

    public WebhookCall to(String otherUrl) {
        return new WebhookCall(method, otherUrl, body, headers);
    }

    /** Signed by Standard Webhooks 1.0, now. */
    public WebhookCall signed(String secret, String eventId) {
        return signedAt(Instant.now(), secret, eventId);
    }

    public WebhookCall signedAt(Instant at, String secret, String eventId) {
        long timestamp = at.getEpochSecond();
        return with("webhook-id", eventId)
                .with("webhook-timestamp", Long.toString(timestamp))
                .with("webhook-signature", signature(secret, eventId + "." + timestamp + "." + body));
    }

    public Response send() {
        RequestSpecification request = Http.request()
                .filter(new ContractFilter())
                .urlEncodingEnabled(false)
                .headers(headers);
        if (!body.isEmpty()) {
            request.body(body);
        }
        return request.request(method, url);
    }

    /** Sends a call that must be accepted; gives the run's id. */
    public String accepted() {
        return Http.json(send(), 202).path("runId").asText();
    }

    /** Sends a call to a service that may be dying; the run's id where it was accepted. */
    public Optional<String> acceptedPerhaps() {
        try {
            Response answer = send();
            return answer.statusCode() == 202 ? Optional.of(answer.path("runId")) : Optional.empty();
        } catch (Exception e) {
            // REST Assured throws the socket's checked exceptions without declaring them.
            return Optional.empty();
        }
    }

    private static String signature(String secret, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HmacSHA256", e);
        }
    }
}
