package io.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSecretsTest {

    @TempDir
    Path folder;

    @Test
    void secretsAreKept() throws Exception {
        StackSecrets first = StackSecrets.loadOrCreate(file());
        StackSecrets second = StackSecrets.loadOrCreate(file());

        assertThat(second.superuserPassword()).isEqualTo(first.superuserPassword());
        assertThat(second.sessionSecret()).isEqualTo(first.sessionSecret());
        for (ServiceName service : ServiceName.values()) {
            assertThat(second.databasePassword(service)).isEqualTo(first.databasePassword(service));
            assertThat(second.sealingKey(service)).isEqualTo(first.sealingKey(service));
        }
    }

    @Test
    void onlyTheOwnerReadsTheFile() throws Exception {
        StackSecrets.loadOrCreate(file());

        assertThat(Files.getPosixFilePermissions(file()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void eachServiceHasItsOwnSecrets() throws Exception {
        StackSecrets secrets = StackSecrets.loadOrCreate(file());

        assertThat(Arrays.stream(ServiceName.values()).map(secrets::databasePassword))
                .doesNotHaveDuplicates()
                .allSatisfy(password -> assertThat(password).matches("[A-Za-z0-9]{40}"));
        assertThat(Arrays.stream(ServiceName.values()).map(secrets::sealingKey)).doesNotHaveDuplicates();
        assertThat(secrets.sessionSecret()).hasSizeGreaterThanOrEqualTo(32);
    }

    @Test
    void whatAnOlderFileLacksIsAdded() throws Exception {
        Files.writeString(file(), "ingress.password=kept\n");

        StackSecrets secrets = StackSecrets.loadOrCreate(file());

        assertThat(secrets.databasePassword(ServiceName.INGRESS)).isEqualTo("kept");
        assertThat(secrets.databasePassword(ServiceName.SCHEDULER)).isNotEmpty();
    }

    @Test
    void aKeyPairBelongsTogetherAndSharesItsId() throws Exception {
        SealingKey one = StackSecrets.loadOrCreate(file()).sealingKey(ServiceName.INGRESS);
        SealingKey other = SealingKey.generate("other");

        assertThat(keyId(one.privateKey())).isEqualTo(keyId(one.publicKey())).isEqualTo("local-ingress-1");
        assertThat(agree(one.privateKey(), other.publicKey())).isEqualTo(agree(other.privateKey(), one.publicKey()));
    }

    private Path file() {
        return folder.resolve("secrets.properties");
    }

    private static String keyId(String key) {
        return key.substring(0, key.indexOf(':'));
    }

    private static byte[] bytes(String key) {
        return Base64.getDecoder().decode(key.substring(key.indexOf(':') + 1));
    }

    private static byte[] agree(String own, String peer) throws Exception {
        KeyFactory keys = KeyFactory.getInstance("X25519");
        PrivateKey privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(bytes(own)));
        PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(bytes(peer)));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(privateKey);
        agreement.doPhase(publicKey, true);
        return agreement.generateSecret();
    }
}
