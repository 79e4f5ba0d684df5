package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import io.sluice.contract.problem.ProblemType;
import java.util.List;

/**
 * What is told at the top of a form.
 *
 * @param kind {@code none}, {@code ok}, {@code bad}, or {@code conflict} when somebody else was faster
 */
public record Message(String kind, String text, List<FieldProblem> errors) {

    static final Message NONE = new Message("none", "", List.of());

    static Message of(ProblemException problem) {
        String kind = problem.type() == ProblemType.VERSION_CONFLICT ? "conflict" : "bad";
        return new Message(kind, problem.type().title() + ". " + problem.detail(), problem.errors());
    }

    static Message done(String text) {
        return new Message("ok", text, List.of());
    }

    public boolean isShown() {
        return !kind.equals("none");
    }

    /** For templates: the complaints about a part and what is in it. */
    public List<String> below(String pointer) {
        return errors.stream()
                .filter(error -> (error.pointer() + "/").startsWith(pointer + "/"))
                .map(FieldProblem::detail)
                .toList();
    }

    /** For templates: those about a member of a part. */
    public List<String> belowIn(String part, String member) {
        return below("/" + part + "/" + member);
    }

    /** For templates: the complaint about one field, or nothing. */
    public String about(String pointer) {
        return SchemaForm.error(errors, pointer);
    }
}
