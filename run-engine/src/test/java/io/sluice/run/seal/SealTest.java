package io.sluice.run.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final UUID CONNECTION = UUID.fromString("018f3a50-0000-7000-8000-000000000001");

    private final KeyPair first = pair("X25519");
    private final KeyPair second = pair("X25519");
    private final Sealer sealer = Sealer.of("k1:" + base64(first.getPublic().getEncoded()));
    private final Opener opener =
            Opener.of(List.of("k1:" + base64(first.getPrivate().getEncoded())));

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "", "päss€word \uD83D\uDD11", "line\nbreak"})
    void whatIsSealedOpensAgain(String secret) {
        String sealed = sealer.seal(secret, "acme", CONNECTION);

        assertThat(opener.open(sealed, "acme", CONNECTION)).isEqualTo(secret);
        if (!secret.isEmpty()) {
            assertThat(sealed).startsWith("k1.").doesNotContain(secret);
        }
    }

    @Test
    void sealingTwiceGivesTwoTexts() {
        assertThat(sealer.seal("a", "acme", CONNECTION)).isNotEqualTo(sealer.seal("a", "acme", CONNECTION));
    }

    @Test
    void anotherTenantCannotOpen() {
        String sealed = sealer.seal("s3cret", "acme", CONNECTION);

        assertThatThrownBy(() -> opener.open(sealed, "other", CONNECTION)).isInstanceOf(SealException.class);
    }

    @Test
    void anotherConnectionCannotOpen() {
        String sealed = sealer.seal("s3cret", "acme", CONNECTION);

        assertThatThrownBy(() -> opener.open(sealed, "acme", UUID.randomUUID()))
                .isInstanceOf(SealException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void anotherKeyOfTheSameNameCannotOpen() {
        String sealed = sealer.seal("s3cret", "acme", CONNECTION);
        Opener other = Opener.of(List.of("k1:" + base64(second.getPrivate().getEncoded())));

        assertThatThrownBy(() -> other.open(sealed, "acme", CONNECTION)).isInstanceOf(SealException.class);
    }

    @Test
    void unknownKeyIsNamed() {
        String sealed = sealer.seal("s3cret", "acme", CONNECTION);
        Opener other = Opener.of(List.of("k2:" + base64(second.getPrivate().getEncoded())));

        assertThatThrownBy(() -> other.open(sealed, "acme", CONNECTION))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("k1");
    }

    @Test
    void bothKeysOpenWhileTheyAreRotated() {
        Sealer newer = Sealer.of("k2:" + base64(second.getPublic().getEncoded()));
        Opener both = Opener.of(List.of(
                "k1:" + base64(first.getPrivate().getEncoded()),
                "k2:" + base64(second.getPrivate().getEncoded())));

        assertThat(both.open(sealer.seal("old", "acme", CONNECTION), "acme", CONNECTION))
                .isEqualTo("old");
        assertThat(both.open(newer.seal("new", "acme", CONNECTION), "acme", CONNECTION))
                .isEqualTo("new");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTextOfWhichOneBitWasChangedDoesNotOpen(long seed) {
        Random random = new Random(seed);
        SealedText sealed = SealedText.parse(sealer.seal("s3cret", "acme", CONNECTION));
        byte[] changed = random.nextBoolean() ? sealed.encapsulated() : sealed.ciphertext();
        int bit = random.nextInt(changed.length * 8);
        changed[bit / 8] ^= (byte) (1 << (bit % 8));

        assertThatThrownBy(() -> opener.open(sealed.text(), "acme", CONNECTION)).isInstanceOf(SealException.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aTextThatWasCutOrInventedDoesNotOpen(long seed) {
        Random random = new Random(seed);
        byte[] encapsulated = new byte[random.nextInt(70)];
        byte[] ciphertext = new byte[random.nextInt(70)];
        random.nextBytes(encapsulated);
        random.nextBytes(ciphertext);
        String invented = new SealedText("k1", encapsulated, ciphertext).text();

        assertThatThrownBy(() -> opener.open(invented, "acme", CONNECTION)).isInstanceOf(SealException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "k1", "k1.a", "k1.a.b.c", "k1.!!.??", "k1..", ".a.b"})
    void whatHasAnotherFormIsRefused(String text) {
        assertThatThrownBy(() -> opener.open(text, "acme", CONNECTION)).isInstanceOf(SealException.class);
    }

    @Test
    void degenerateKeyIsRefused() {
        String zeros = new SealedText("k1", new byte[32], new byte[32]).text();

        assertThatThrownBy(() -> opener.open(zeros, "acme", CONNECTION)).isInstanceOf(SealException.class);
    }

    @Test
    void tenantAndConnectionCannotBeShiftedIntoEachOther() {
        assertThat(Suite.binding("a", CONNECTION)).isNotEqualTo(Suite.binding("a\n" + CONNECTION, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k1", ":abc", "k1:", "k1:!!!", "k1:YWJj", "k.1:YWJj"})
    void keysOfAnotherFormAreRefused(String key) {
        assertThatThrownBy(() -> Sealer.of(key)).isInstanceOf(SealException.class);
        assertThatThrownBy(() -> Opener.of(List.of(key))).isInstanceOf(SealException.class);
    }

    @Test
    void keysOfAnotherKindAreRefused() {
        KeyPair other = pair("Ed25519");

        assertThatThrownBy(() -> Sealer.of("k1:" + base64(other.getPublic().getEncoded())))
                .isInstanceOf(SealException.class);
        assertThatThrownBy(() ->
                        Opener.of(List.of("k1:" + base64(other.getPrivate().getEncoded()))))
                .isInstanceOf(SealException.class);
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
