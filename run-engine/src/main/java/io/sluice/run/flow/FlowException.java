package io.sluice.run.flow;

import io.sluice.contract.problem.FieldProblem;
import java.util.List;

/** A document is no flow of the profile; says everything that is wrong with it at once. */
public class FlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldProblem> problems;

    public FlowException(List<FieldProblem> problems) {
        super(problems.size() + " problems, first: " + problems.getFirst());
        this.problems = List.copyOf(problems);
    }

    public List<FieldProblem> problems() {
        return problems;
    }
}
