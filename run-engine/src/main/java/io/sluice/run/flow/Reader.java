package io.sluice.run.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.problem.FieldProblem;
import io.sluice.run.expression.Expression;
import io.sluice.run.expression.ExpressionException;
import io.sluice.run.expression.Pointers;
import io.sluice.run.expression.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads nodes of a document and collects what is wrong with them, so that an author sees all of it at once. */
final class Reader {

    private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z][a-zA-Z0-9]{0,62}");
    private static final List<String> OURS = List.of("context", "input", "output", "workflow", "runtime", "task");

    private final List<FieldProblem> problems = new ArrayList<>();

    List<FieldProblem> problems() {
        return problems;
    }

    void complain(String pointer, String detail) {
        problems.add(new FieldProblem(pointer, detail));
    }

    /** Complains of each member that is not known; what exists in the standard but not here is named as such. */
    void onlyKnows(JsonNode node, String pointer, Set<String> known) {
        if (!node.isObject()) {
            complain(pointer, "expected an object");
            return;
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                complain(pointer + "/" + Pointers.escape(name), Refusals.unknown(pointer, name, known));
            }
        });
    }

    String text(JsonNode parent, String pointer, String field) {
        JsonNode node = parent.path(field);
        if (!node.isTextual() || node.textValue().isBlank()) {
            complain(pointer + "/" + field, "a text is needed here");
            return "";
        }
        return node.textValue();
    }

    /** A text that may be left out, but not be something else. */
    void optionalText(JsonNode parent, String pointer, String field) {
        if (parent.has(field)) {
            text(parent, pointer, field);
        }
    }

    /** An object with members of the author's own. */
    void optionalObject(JsonNode parent, String pointer, String field) {
        if (parent.has(field) && !parent.path(field).isObject()) {
            complain(pointer + "/" + field, "an object is needed here");
        }
    }

    /** A name that expressions see with a dollar sign; ours must not be hidden. */
    String variable(JsonNode parent, String pointer, String field, String otherwise) {
        JsonNode node = parent.path(field);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!node.isTextual() || !VARIABLE.matcher(node.textValue()).matches() || OURS.contains(node.textValue())) {
            complain(pointer + "/" + field, "a name of letters and digits, and none of " + String.join(", ", OURS));
            return otherwise;
        }
        return node.textValue();
    }

    @Nullable
    Value value(JsonNode parent, String pointer, String field) {
        JsonNode node = parent.path(field);
        return node.isMissingNode() ? null : data(node, pointer + "/" + field);
    }

    /** Data of any form with expressions in it. */
    Value data(JsonNode node, String pointer) {
        halfExpressions(node, pointer);
        return Value.compile(node, pointer, this::complain);
    }

    /** An expression inside a text would stay there as it is written, which nobody wants. */
    private void halfExpressions(JsonNode node, String pointer) {
        if (node.isTextual() && node.textValue().contains("${") && !Value.isExpression(node.textValue())) {
            complain(pointer, "an expression takes the whole text: write ${ \"Hello \" & name }, not Hello ${ name }");
        }
        node.properties()
                .forEach(
                        member -> halfExpressions(member.getValue(), pointer + "/" + Pointers.escape(member.getKey())));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            halfExpressions(node.get(i), pointer + "/" + i);
        }
    }

    /** Data that takes the place of a task's: an expression, or an object with expressions in it. */
    @Nullable
    Value transformation(JsonNode parent, String pointer, String field) {
        JsonNode node = parent.path(field);
        if (!node.isObject() && !(node.isTextual() && Value.isExpression(node.textValue()))) {
            complain(
                    pointer + "/" + field, "an expression ${ … }, or an object with expressions in it, is needed here");
            return null;
        }
        return data(node, pointer + "/" + field);
    }

    /** A condition: an expression with or without its braces, as the standard allows both. */
    @Nullable
    Expression condition(JsonNode parent, String pointer, String field) {
        JsonNode node = parent.path(field);
        if (node.isMissingNode()) {
            return null;
        }
        if (!node.isTextual()) {
            complain(pointer + "/" + field, "an expression is needed here: ${ … }");
            return null;
        }
        if (node.textValue().isBlank()) {
            complain(pointer + "/" + field, "an expression is needed here: ${ … }; leave the member out for none");
            return null;
        }
        String source = Value.isExpression(node.textValue()) ? Value.source(node.textValue()) : node.textValue();
        try {
            return Expression.compile(source);
        } catch (ExpressionException e) {
            complain(pointer + "/" + field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    Then then(JsonNode node, String pointer) {
        if (node.isMissingNode()) {
            return new Then.Next();
        }
        if (!node.isTextual()) {
            complain(pointer, "continue, exit, end, or the name of a task of the same list");
            return new Then.Next();
        }
        return switch (node.textValue()) {
            case "continue" -> new Then.Next();
            case "exit" -> new Then.Exit();
            case "end" -> new Then.End();
            default -> new Then.Goto(node.textValue());
        };
    }
}
