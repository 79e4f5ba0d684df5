package io.sluice.contract.template;

import io.sluice.contract.problem.FieldProblem;
import java.util.List;

/** What a template would be told on saving; pointers lead into the flow document. */
public record ValidationReport(boolean valid, List<FieldProblem> errors) {}
