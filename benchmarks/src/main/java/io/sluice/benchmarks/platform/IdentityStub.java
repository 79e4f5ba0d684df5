package io.sluice.benchmarks.platform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.sluice.run.expression.Json;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/** Plays the identity provider: what it is, one key, and a token for whoever asks. */
final class IdentityStub {

    private final String url;

    IdentityStub(String url) {
        this.url = url;
    }

    void on(HttpServer server) {
        String discovery = Json.MAPPER
                .createObjectNode()
                .put("issuer", url)
                .put("authorization_endpoint", url + "/authorize")
                .put("token_endpoint", url + "/token")
                .put("jwks_uri", url + "/keys")
                .toString();
        String keys = keys();
        String token = Json.MAPPER
                .createObjectNode()
                .put("access_token", "of-the-benchmark")
                .put("token_type", "Bearer")
                .put("expires_in", 86_400)
                .toString();
        server.createContext("/.well-known/openid-configuration", exchange -> PlatformStub.answer(exchange, discovery));
        server.createContext("/keys", exchange -> PlatformStub.answer(exchange, keys));
        server.createContext("/token", exchange -> PlatformStub.answer(exchange, token));
    }

    /** No token is ever signed by it: the service wants to see one at its start. */
    private static String keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            RSAPublicKey key = (RSAPublicKey) generator.generateKeyPair().getPublic();
            ObjectNode set = Json.MAPPER.createObjectNode();
            set.putArray("keys")
                    .addObject()
                    .put("kty", "RSA")
                    .put("kid", "bench")
                    .put("use", "sig")
                    .put("alg", "RS256")
                    .put("n", text(key.getModulus()))
                    .put("e", text(key.getPublicExponent()));
            return set.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }
}
