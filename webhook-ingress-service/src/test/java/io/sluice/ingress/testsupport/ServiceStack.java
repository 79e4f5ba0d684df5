package io.sluice.ingress.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** What the service needs around it: PostgreSQL, an identity provider, a deployments feed, keys. */
public class ServiceStack implements QuarkusTestResourceLifecycleManager {

    private final OidcWiremockTestResource identityProvider = new OidcWiremockTestResource();
    private final FeedStub feed = new FeedStub();
    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("fsync", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> config = new HashMap<>(identityProvider.start());
        config.put("sluice.oidc.url", config.get("keycloak.url") + "/realms/quarkus");
        config.put("sluice.oidc.secret", "secret");
        config.put("sluice.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        config.put("sluice.db.user", "postgres");
        config.put("sluice.db.password", "postgres");
        config.put("sluice.integrations.url", feed.start());
        config.put("sluice.webhook.base-url", "https://hooks.example.org");
        // Short enough to be waited for, long enough for a busy machine.
        config.put("sluice.webhook.body-timeout", "3s");
        // Few enough to be exceeded.
        config.put("sluice.webhook.waiting-answers", "20");
        config.put("sluice.webhook.test-call-wait", "2s");
        // Tests come from here: without a header they are who they are, with one they are a proxy.
        config.put("sluice.webhook.trusted-proxies", "127.0.0.1");
        // Tests' targets are on this machine.
        config.put("sluice.outbound.allow", "127.0.0.1");
        KeyPair own = keys();
        config.put(
                "sluice.sealing.private-keys", text("ingress", own.getPrivate().getEncoded()));
        // For tests alone: what integrations-service seals with.
        config.put("test.keys.public", text("ingress", own.getPublic().getEncoded()));
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        return config;
    }

    @Override
    public void stop() {
        identityProvider.stop();
        feed.stop();
        try {
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has X25519", e);
        }
    }

    private static String text(String id, byte[] key) {
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }
}
