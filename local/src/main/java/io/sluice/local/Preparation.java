package io.sluice.local;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a build does once, so that no start has to: Keycloak is built for our options, and the realm imported. Called by
 * {@code ./sluice} after it has built the artefacts.
 */
public final class Preparation {

    private Preparation() {}

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("sluice.root", ""));
        StackOptions options = StackOptions.of(root).withDataDirectory(root.resolve("local/target/preparation"));
        try (DataDirectory data = DataDirectory.open(options.dataDirectory())) {
            KeycloakDistribution keycloak = new KeycloakDistribution(options.keycloakDirectory());
            keycloak.requirePresent();
            keycloak.prepare(data, new ChildRegister(data.pids(), data.root()), System.out::println);
        } catch (IOException | StackException e) {
            System.err.println("Keycloak could not be prepared: " + e.getMessage());
            System.exit(1);
        }
    }
}
