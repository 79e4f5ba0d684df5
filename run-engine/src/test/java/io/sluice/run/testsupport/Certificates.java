package io.sluice.run.testsupport;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates that a test signs itself, by the JDK's own tool: its classes for that are not open. */
public final class Certificates {

    private static final String PASSWORD = "changeit";

    private Certificates() {}

    /** Key and certificate of a name; good as a server's identity and as a client's list of whom to trust. */
    public static PfxOptions of(String name) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("sluice-certificate");
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:" + name,
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + Files.readString(directory.resolve("keytool.log")));
        }
        return new PfxOptions()
                .setValue(io.vertx.core.buffer.Buffer.buffer(Files.readAllBytes(store)))
                .setPassword(PASSWORD);
    }
}
