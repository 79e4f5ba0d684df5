package io.sluice.contract.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One outcome that ends the request. The detail is shown to the caller: it says what to do and holds no secret. */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final transient List<FieldProblem> errors;
    private final @Nullable Duration retryAfter;

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of());
    }

    public ProblemException(ProblemType type, String detail, List<FieldProblem> errors) {
        this(type, detail, errors, null, null);
    }

    private ProblemException(
            ProblemType type,
            String detail,
            List<FieldProblem> errors,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(detail, cause);
        this.type = type;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A 400 about one field. */
    public static ProblemException field(String pointer, String detail) {
        return fields(List.of(new FieldProblem(pointer, detail)));
    }

    /** A 400 about several fields at once, so that a person mends a form in one go. */
    public static ProblemException fields(List<FieldProblem> errors) {
        String detail = errors.size() == 1
                ? errors.getFirst().pointer() + ": " + errors.getFirst().detail()
                : errors.size() + " fields need another value; see errors.";
        return new ProblemException(ProblemType.INVALID_FIELDS, detail, errors);
    }

    /** A part is away; the caller may try again after the given time. */
    public static ProblemException unavailable(String detail, Duration retryAfter, @Nullable Throwable cause) {
        return new ProblemException(ProblemType.UNAVAILABLE, detail, List.of(), retryAfter, cause);
    }

    public ProblemType type() {
        return type;
    }

    public List<FieldProblem> errors() {
        return errors;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
