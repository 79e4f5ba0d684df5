package io.sluice.run.http;

import io.sluice.contract.connection.ConnectionKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Adds a credential to a call, below the expressions: no secret ever reaches a flow. */
final class Authenticator {

    private final AccessTokens tokens;

    Authenticator(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** @throws HttpFailure when the credential is incomplete or no token could be had */
    HttpCall authenticated(HttpCall call) {
        return call.credential().map(credential -> with(call, credential)).orElse(call);
    }

    /** Whether an answer of 401 may be mended by a new token. */
    boolean forgetToken(HttpCall call) {
        String authorization = call.headers().getOrDefault("Authorization", "");
        String refused = authorization.startsWith("Bearer ") ? authorization.substring("Bearer ".length()) : "";
        return call.credential()
                .filter(credential -> credential.kind() == ConnectionKind.OAUTH2_CLIENT_CREDENTIALS)
                .map(credential -> tokens.forget(credential.connectionId(), refused))
                .orElse(false);
    }

    private HttpCall with(HttpCall call, Credential credential) {
        return switch (credential.kind()) {
            case BASIC ->
                header(
                        call,
                        "Authorization",
                        "Basic " + base64(utf8(credential.setting("username") + ":" + credential.secret("password"))));
            case BEARER -> header(call, "Authorization", "Bearer " + credential.secret("token"));
            case OAUTH2_CLIENT_CREDENTIALS ->
                header(call, "Authorization", "Bearer " + tokens.token(credential, call.timeout()));
            case API_KEY ->
                "query".equals(credential.settings().get("in"))
                        ? query(call, credential.setting("name"), credential.secret("key"))
                        : header(call, credential.setting("name"), credential.secret("key"));
            case HMAC_QUERY -> signedQuery(call, credential);
            case WEBHOOK_SECRET ->
                throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "a webhook's secret cannot be used to make calls");
        };
    }

    /** Unleashed: the signature is the HMAC-SHA256 of what stands after the question mark, in base64. */
    private static HttpCall signedQuery(HttpCall call, Credential credential) {
        int mark = call.url().indexOf('?');
        String query = mark < 0 ? "" : call.url().substring(mark + 1);
        Map<String, String> settings = credential.settings();
        HttpCall identified = header(call, settings.getOrDefault("idHeader", "api-auth-id"), credential.setting("id"));
        return header(
                identified,
                settings.getOrDefault("signatureHeader", "api-auth-signature"),
                base64(hmac(utf8(credential.secret("key")), utf8(query))));
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new HttpFailure(HttpFailure.Reason.CREDENTIAL, "the key cannot be used to sign", null, e);
        }
    }

    private static HttpCall header(HttpCall call, String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.keySet().removeIf(name::equalsIgnoreCase);
        headers.put(name, value);
        return call.withHeaders(headers);
    }

    private static HttpCall query(HttpCall call, String name, String value) {
        String parameter = URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
        String url = call.url() + (call.url().contains("?") ? "&" : "?") + parameter;
        return call.withUrl(url);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
