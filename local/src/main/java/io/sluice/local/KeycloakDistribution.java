package io.sluice.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The unpacked Keycloak, prepared once for fast starts: built for our options, the realm imported into a database that
 * new stacks copy, and an archive of loaded classes. A plain first start takes a minute; a prepared one takes seconds.
 */
final class KeycloakDistribution {

    private static final List<String> BUILD = List.of(
            "build",
            "--db=dev-file",
            "--health-enabled=false",
            "--metrics-enabled=false",
            "--features-disabled=ciba,device-flow,kerberos,organization,workflows,identity-brokering-api,"
                    + "twitter-broker,opentelemetry,jwt-authorization-grant");
    private static final String JVM_FLAGS =
            "-Xms64m -Xmx512m -XX:MetaspaceSize=96M -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dfile.encoding=UTF-8 "
                    + "-Djava.security.egd=file:/dev/urandom -Xlog:cds=off -Xlog:aot=off";

    private static final String PREPARATION = "keycloak-prepare";

    private final Path directory;
    private final Path prepared;
    private final String fingerprint;

    KeycloakDistribution(Path directory) {
        this.directory = directory;
        this.prepared = directory.resolveSibling("prepared");
        this.fingerprint = LocalRealm.fingerprint(directory.getFileName() + String.join(" ", BUILD));
    }

    void requirePresent() {
        if (!Files.exists(script())) {
            throw new StackException("Keycloak is not unpacked (%s is missing). Build it: ./mvnw -DskipTests package"
                    .formatted(script()));
        }
    }

    Path script() {
        return directory.resolve("bin/kc.sh");
    }

    /** Changes with the realm file; a Keycloak database made of another one is stale. */
    String fingerprint() {
        return fingerprint;
    }

    Path realmDatabase() {
        return realmFolder().resolve("keycloakdb.mv.db");
    }

    Map<String, String> environment() {
        return environment(withArchive("-XX:SharedArchiveFile", realmFolder()));
    }

    /** Does what has not been done yet. Under a lock, as several stacks may share the distribution. */
    void prepare(DataDirectory data, ChildRegister register, Consumer<String> progress) throws IOException {
        Files.createDirectories(prepared);
        Path file = prepared.resolve("lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            if (!isBuilt()) {
                progress.accept("Preparing Keycloak (once, up to a minute)…");
                build(data, register);
            }
            if (!Files.exists(realmDatabase())) {
                importRealm(data, register);
            }
        }
    }

    /** Gives a home folder its links to the distribution, so that Keycloak writes there and nowhere else. */
    void linkInto(Path home) throws IOException {
        Files.createDirectories(home);
        for (String part : List.of("lib", "conf", "providers", "themes")) {
            Path link = home.resolve(part);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, directory.resolve(part));
        }
    }

    private void build(DataDirectory data, ChildRegister register) throws IOException {
        run(BUILD, environment(JVM_FLAGS), data, register);
        Files.writeString(builtMark(), buildState());
    }

    private void importRealm(DataDirectory data, ChildRegister register) throws IOException {
        deleteOlderRealms();
        Path draft = prepared.resolve("draft");
        DataDirectory.delete(draft);
        Path home = draft.resolve("home");
        linkInto(home);
        Path realm = Files.write(home.resolve("sluice-realm.json"), LocalRealm.json());
        run(
                List.of("import", "-Dkc.home.dir=" + home, "--optimized", "--file=" + realm),
                environment(withArchive("-XX:ArchiveClassesAtExit", draft)),
                data,
                register);
        Files.move(home.resolve("data/h2/keycloakdb.mv.db"), draft.resolve("keycloakdb.mv.db"));
        DataDirectory.delete(home);
        Files.move(draft, realmFolder(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void run(
            List<String> command, Map<String, String> environment, DataDirectory data, ChildRegister register) {
        List<String> words = new ArrayList<>(List.of("sh", script().toString()));
        words.addAll(command);
        words.add(data.mark());
        new ChildProcess(PREPARATION, words, environment, data.log(PREPARATION), register, _ -> {}).run();
    }

    /** The script splits the flags at spaces, but for those inside quotes. */
    private static String withArchive(String flag, Path folder) {
        return "%s '%s=%s'".formatted(JVM_FLAGS, flag, folder.resolve("keycloak.jsa"));
    }

    private static Map<String, String> environment(String jvmFlags) {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS",
                jvmFlags,
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                "admin",
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                "admin");
    }

    private Path realmFolder() {
        return prepared.resolve("realm-" + fingerprint);
    }

    private Path builtMark() {
        return directory.resolve("sluice-built");
    }

    private boolean isBuilt() throws IOException {
        return Files.exists(builtMark()) && Files.readString(builtMark()).equals(buildState());
    }

    /** Names the options and the built file, so that a distribution unpacked anew over the old one is noticed. */
    private String buildState() throws IOException {
        Path built = directory.resolve("lib/quarkus/quarkus-application.dat");
        return String.join(" ", BUILD) + "\n" + Files.getLastModifiedTime(built).toMillis() + "\n";
    }

    private void deleteOlderRealms() throws IOException {
        try (Stream<Path> entries = Files.list(prepared)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith("realm-")) {
                    DataDirectory.delete(entry);
                }
            }
        }
    }
}
