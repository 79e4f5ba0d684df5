package io.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The committed realm: its file, addresses and names. Its secrets are public, for the local stack only. */
final class LocalRealm {

    static final String UI_CLIENT = "sluice-ui";
    static final String CLI_CLIENT = "sluice-cli";

    private static final String RESOURCE = "/realm/sluice-realm.json";
    private static final int FINGERPRINT_BYTES = 8;

    private LocalRealm() {}

    static byte[] json() {
        try (InputStream stream = LocalRealm.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + RESOURCE);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + RESOURCE, e);
        }
    }

    /** Changes when the realm file changes, or what else made the prepared database. */
    static String fingerprint(String furtherInput) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(json());
            digest.update(furtherInput.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    static URI url(StackPorts ports) {
        return ports.url(StackPort.KEYCLOAK).resolve("/realms/sluice");
    }

    static URI discovery(StackPorts ports) {
        return URI.create(url(ports) + "/.well-known/openid-configuration");
    }

    static String secret(String client) {
        return "local-" + client + "-secret";
    }
}
