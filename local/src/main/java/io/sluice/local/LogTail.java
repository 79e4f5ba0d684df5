package io.sluice.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The end of a log, for the message about a child that died. */
final class LogTail {

    private static final int LINES = 30;
    private static final int WINDOW = 64 * 1024;

    private LogTail() {}

    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - WINDOW);
            file.seek(start);
            byte[] window = new byte[(int) (file.length() - start)];
            file.readFully(window);
            List<String> lines =
                    new String(window, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                    .collect(Collectors.joining("\n  ", "  ", ""));
        } catch (IOException _) {
            return "  (no log at " + log + ")";
        }
    }
}
