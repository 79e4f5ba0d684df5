package io.sluice.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The stack's OIDC provider. Its database starts as a copy of the prepared one, so that no start imports the realm. */
public final class KeycloakServer {

    private final KeycloakDistribution distribution;
    private final DataDirectory data;
    private final StackPorts ports;
    private final ChildRegister register;
    private final ChildProcess child;

    KeycloakServer(StackOptions options, DataDirectory data, ChildRegister register, Consumer<StackException> onDeath) {
        this.distribution = new KeycloakDistribution(options.keycloakDirectory());
        this.data = data;
        this.ports = options.ports();
        this.register = register;
        this.child = new ChildProcess(
                "keycloak", command(), distribution.environment(), data.log("keycloak"), register, onDeath);
    }

    /** Starts it and returns at once, unless it has to be prepared first. */
    public void start() {
        start(_ -> {});
    }

    void start(Consumer<String> progress) {
        try {
            distribution.prepare(data, register, progress);
            distribution.linkInto(data.keycloak());
            provideDatabase(progress);
        } catch (IOException e) {
            throw new StackException("Cannot prepare Keycloak: " + e.getMessage(), e);
        }
        child.start();
    }

    public void stop() {
        child.stop();
    }

    public void kill() {
        child.kill();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Returns when the realm answers; fails when Keycloak dies or the time is over. */
    public void awaitReady(Duration patience) {
        new Readiness(LocalRealm.discovery(ports)).await(child, patience);
        child.noteDescendants();
    }

    private List<String> command() {
        return List.of(
                "sh",
                distribution.script().toString(),
                "start",
                data.mark(),
                "-Dkc.home.dir=" + data.keycloak(),
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--hostname=" + ports.url(StackPort.KEYCLOAK),
                "--http-host=127.0.0.1",
                "--http-port=" + ports.number(StackPort.KEYCLOAK));
    }

    private void provideDatabase(Consumer<String> progress) throws IOException {
        Path folder = data.keycloak().resolve("data/h2");
        Path database = folder.resolve("keycloakdb.mv.db");
        Path origin = data.keycloak().resolve("realm");
        boolean present = Files.exists(database) && Files.exists(origin);
        if (present && Files.readString(origin).equals(distribution.fingerprint())) {
            return;
        }
        if (present) {
            progress.accept("The realm file has changed: Keycloak starts with the new one.");
        }
        DataDirectory.delete(folder);
        Files.createDirectories(folder);
        Path draft = folder.resolve("draft");
        Files.copy(distribution.realmDatabase(), draft);
        Files.move(draft, database, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(origin, distribution.fingerprint());
    }
}
