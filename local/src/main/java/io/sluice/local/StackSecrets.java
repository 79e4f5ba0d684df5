package io.sluice.local;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Passwords and keys of one data directory: made once, kept in a file that only its owner can read. */
final class StackSecrets {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 40;
    private static final String SUPERUSER = "postgres.password";
    private static final String SESSION = "session.secret";

    private final Map<String, String> values;

    private StackSecrets(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    static StackSecrets loadOrCreate(Path file) throws IOException {
        Map<String, String> values = new TreeMap<>(read(file));
        Map<String, String> before = Map.copyOf(values);
        RandomGenerator random = new SecureRandom();
        values.computeIfAbsent(SUPERUSER, _ -> randomText(random));
        values.computeIfAbsent(SESSION, _ -> randomText(random));
        for (ServiceName service : ServiceName.values()) {
            values.computeIfAbsent(passwordKey(service), _ -> randomText(random));
            if (!values.containsKey(privateKey(service)) || !values.containsKey(publicKey(service))) {
                SealingKey key = SealingKey.generate("local-" + service.database() + "-1");
                values.put(privateKey(service), key.privateKey());
                values.put(publicKey(service), key.publicKey());
            }
        }
        if (!values.equals(before)) {
            write(file, values);
        }
        return new StackSecrets(values);
    }

    String superuserPassword() {
        return value(SUPERUSER);
    }

    String sessionSecret() {
        return value(SESSION);
    }

    String databasePassword(ServiceName service) {
        return value(passwordKey(service));
    }

    SealingKey sealingKey(ServiceName service) {
        return new SealingKey(value(privateKey(service)), value(publicKey(service)));
    }

    private String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("no secret " + key);
        }
        return value;
    }

    private static String passwordKey(ServiceName service) {
        return service.database() + ".password";
    }

    private static String privateKey(ServiceName service) {
        return service.database() + ".sealing.private";
    }

    private static String publicKey(ServiceName service) {
        return service.database() + ".sealing.public";
    }

    private static String randomText(RandomGenerator random) {
        return random.ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(index -> String.valueOf(ALPHABET.charAt(index)))
                .collect(Collectors.joining());
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** By way of a second file, so that a launcher killed half-way leaves the old one. */
    private static void write(Path file, Map<String, String> values) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                draft,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
