package io.sluice.integrations.testsupport;

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

/** What the service needs around it: PostgreSQL, an identity provider, keys. The scheduler is away, ingress a stub. */
public class ServiceStack implements QuarkusTestResourceLifecycleManager {

    private final OidcWiremockTestResource identityProvider = new OidcWiremockTestResource();
    private final StubIngress ingress = StubIngress.started();
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
        // Pages take a token as well: no browser logs in here.
        config.put("quarkus.oidc.application-type", "hybrid");
        config.put("sluice.oidc.ui.secret", "secret");
        config.put("sluice.session.secret", "0123456789abcdef0123456789abcdef");
        config.put("sluice.db.url", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        config.put("sluice.db.user", "postgres");
        config.put("sluice.db.password", "postgres");
        config.put("sluice.ingress.url", ingress.url());
        config.put("sluice.scheduler.url", "http://127.0.0.1:1");
        config.put("sluice.webhook.base-url", "https://hooks.example.org");
        KeyPair own = keys();
        KeyPair ofIngress = keys();
        KeyPair scheduler = keys();
        config.put("sluice.sealing.private-keys", text("own", own.getPrivate().getEncoded()));
        config.put("sluice.sealing.public-key", text("own", own.getPublic().getEncoded()));
        config.put(
                "sluice.sealing.ingress-public-key",
                text("ingress", ofIngress.getPublic().getEncoded()));
        config.put(
                "sluice.sealing.scheduler-public-key",
                text("scheduler", scheduler.getPublic().getEncoded()));
        // For tests alone: what the trigger services open with.
        config.put("test.keys.ingress", text("ingress", ofIngress.getPrivate().getEncoded()));
        config.put(
                "test.keys.scheduler", text("scheduler", scheduler.getPrivate().getEncoded()));
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        return config;
    }

    @Override
    public void stop() {
        identityProvider.stop();
        ingress.close();
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
