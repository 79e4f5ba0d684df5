package io.sluice.integrations.ui;

import io.sluice.contract.run.RunError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The task that an error is about, read from the error's pointer, which may go on into the task.
 *
 * @param step what a replay that begins there names
 */
public record FailedTask(String name, String step) {

    private static final Pattern TASK = Pattern.compile("/do/\\d+/([^/]+)");

    static Optional<FailedTask> of(@Nullable RunError error) {
        String pointer = error == null ? null : error.pointer();
        if (pointer == null) {
            return Optional.empty();
        }
        Matcher tasks = TASK.matcher(pointer);
        FailedTask innermost = null;
        while (tasks.find()) {
            innermost = new FailedTask(unescaped(tasks.group(1)), pointer.substring(0, tasks.end()));
        }
        return Optional.ofNullable(innermost);
    }

    /** RFC 6901. */
    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
