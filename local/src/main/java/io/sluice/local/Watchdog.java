package io.sluice.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that sleeps on a pipe from the launcher. When the pipe closes, it ends the processes that the register's file
 * still names: none after an orderly end, all of them after the launcher was killed.
 */
final class Watchdog implements AutoCloseable {

    /** The list is read once, before the first signal, so that a stack that starts meanwhile is left alone. */
    private static final String SCRIPT = """
        trap '' INT TERM HUP
        while read -r _; do :; done
        children=$(cat "$1" 2>/dev/null)
        pids=$(printf '%s\\n' "$children" | sed 's/.* //')
        printf '%s\\n' "$children" | while read -r name pid; do
          case $name in postgres) kill -INT "$pid";; ?*) kill -TERM "$pid";; esac
        done
        for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
          alive=
          for pid in $pids; do kill -0 "$pid" && alive=yes; done
          [ -n "$alive" ] || exit 0
          sleep 1
        done
        for pid in $pids; do kill -KILL "$pid"; done
        """;

    private final Process process;

    private Watchdog(Process process) {
        this.process = process;
    }

    static Watchdog start(Path register) throws IOException {
        Process process = new ProcessBuilder(List.of("sh", "-c", SCRIPT, "sluice-watchdog", register.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Watchdog(process);
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
    }
}
