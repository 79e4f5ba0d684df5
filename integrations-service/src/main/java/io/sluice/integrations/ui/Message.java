package io.sluice.integrations.ui;

import io.sluice.contract.problem.FieldProblem;
import io.sluice.contract.problem.ProblemException;
import java.util.List;

/**
 * What is told at the top of a form.
 *
 * @param kind {@code none}, {@code ok} or {@code bad}
 */
public record Message(String kind, String text, List<FieldProblem> errors) {

    static final Message NONE = new Message("none", "", List.of());

    static Message of(ProblemException problem) {
        return new Message("bad", problem.type().title() + ". " + problem.detail(), problem.errors());
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

    /** For templates: the complaint about one field, or nothing. */
    public String about(String pointer) {
        return SchemaForm.error(errors, pointer);
    }
}
