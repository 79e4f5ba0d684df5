package io.sluice.local.demo;

import java.util.List;

/** Errors in Unleashed's shape: a description, and for bad data an item per field. */
final class UnleashedErrors {

    private UnleashedErrors() {}

    static Refused refused(int status, String description) {
        return withItems(status, description, List.of());
    }

    static Refused badData(List<FieldProblem> problems) {
        return withItems(400, "The data received was incorrect or incomplete", problems);
    }

    private static Refused withItems(int status, String description, List<FieldProblem> problems) {
        var body = DemoJson.object();
        body.set(
                "Items",
                problems.stream()
                        .map(problem -> DemoJson.object()
                                .put("Field", problem.field())
                                .put("ErrorCode", problem.code())
                                .put("Description", problem.description()))
                        .collect(DemoJson.toArray()));
        body.put("Description", description).putNull("DebugInformation");
        return new Refused(Answer.json(status, body), description);
    }

    /** What is wrong with one field, named by its path in the body. */
    record FieldProblem(String field, int code, String description) {

        static FieldProblem missing(String field) {
            return new FieldProblem(field, 1, field + " is required");
        }

        static FieldProblem invalid(String field, String description) {
            return new FieldProblem(field, 2, description);
        }
    }
}
