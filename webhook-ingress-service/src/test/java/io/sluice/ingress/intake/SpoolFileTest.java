package io.sluice.ingress.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolFileTest {

    private static final int MEGABYTE = 1024 * 1024;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("calls.spool");
    }

    private List<Path> rests() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(".rest-"))
                    .toList();
        }
    }

    @Test
    void allOfADamagedRestIsKept() throws IOException {
        long rest = 300L * MEGABYTE;
        try (SpoolFile spool = SpoolFile.open(file())) {
            spool.append(List.of(new byte[] {1}));
        }
        long whole = Files.size(file());
        // Mostly a hole, so that it takes no place on the disk here.
        try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
            damaged.seek(whole);
            damaged.write(new byte[] {-1, -1, -1, -1});
            damaged.seek(whole + rest - 1);
            damaged.write(7);
        }

        try (SpoolFile spool = SpoolFile.open(file())) {
            assertThat(spool.read(SpoolFile.first(), 10).entries()).hasSize(1);
            assertThat(spool.cutOff()).contains(rests().getFirst());
        }

        assertThat(Files.size(file())).isEqualTo(whole);
        assertThat(rests()).singleElement().satisfies(copy -> {
            assertThat(Files.size(copy)).isEqualTo(rest);
            try (RandomAccessFile kept = new RandomAccessFile(copy.toFile(), "r")) {
                kept.seek(rest - 1);
                assertThat(kept.read()).isEqualTo(7);
            }
        });
    }

    @Test
    void manyLargeEntriesAreKeptInTheirOrderBetweenSmallOnes() throws IOException {
        Random random = new Random(1);
        List<byte[]> entries = new ArrayList<>();
        for (int size : new int[] {3, 5 * MEGABYTE, 5 * MEGABYTE, 0, 9 * MEGABYTE, 1, 20 * MEGABYTE, 2}) {
            byte[] entry = new byte[size];
            random.nextBytes(entry);
            entries.add(entry);
        }
        try (SpoolFile spool = SpoolFile.open(file())) {
            spool.append(entries);
            spool.append(List.of(new byte[] {9}));
        }

        try (SpoolFile spool = SpoolFile.open(file())) {
            List<byte[]> kept = new ArrayList<>();
            for (long at = SpoolFile.first(); at < spool.bytes(); ) {
                SpoolFile.Page page = spool.read(at, 100);
                kept.addAll(page.entries());
                at = page.next();
            }
            assertThat(kept).hasSize(9);
            for (int i = 0; i < 8; i++) {
                assertThat(kept.get(i)).isEqualTo(entries.get(i));
            }
            assertThat(spool.bytes()).isEqualTo(Files.size(file()));
        }
        assertThat(rests()).isEmpty();
    }
}
