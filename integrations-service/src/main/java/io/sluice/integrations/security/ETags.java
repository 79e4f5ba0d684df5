package io.sluice.integrations.security;

import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Versions on the wire (RFC 9110 §8.8.3, §13.1.1). */
public final class ETags {

    private ETags() {}

    public static String of(long version) {
        return "\"" + version + "\"";
    }

    /**
     * The version that a write is based on; empty for {@code *}, which is any.
     *
     * @throws ProblemException when the header is missing or no ETag of ours
     */
    public static OptionalLong required(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_REQUIRED,
                    "Send If-Match with the ETag of what you read, so that nobody's change is overwritten unseen.");
        }
        String tag = ifMatch.strip();
        if (tag.equals("*")) {
            return OptionalLong.empty();
        }
        String number = tag.replaceFirst("^W/", "").replaceAll("^\"|\"$", "");
        if (!number.matches("\\d{1,18}")) {
            throw conflict();
        }
        return OptionalLong.of(Long.parseLong(number));
    }

    /** @throws ProblemException when the version is another one by now */
    public static void check(OptionalLong expected, long actual) {
        if (expected.isPresent() && expected.getAsLong() != actual) {
            throw conflict();
        }
    }

    private static ProblemException conflict() {
        return new ProblemException(
                ProblemType.VERSION_CONFLICT,
                "Somebody changed it since you read it. Read it again, and apply your change to what it is now.");
    }
}
