package io.sluice.run.expression;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a parsed expression do, as far as their bounds are concerned. JSONata keeps its tree to itself, so
 * it is read by reflection, once, when the expression is compiled.
 */
final class Nodes {

    static final Nodes NONE = new Nodes(Map.of());

    /** Gives what is there already, and makes nothing of its own. */
    private static final int REFERENCE = 1;

    /** A name: makes a list when it is looked up in a list. */
    private static final int NAME = 2;

    /** Its result's items are copied by the node around it. */
    private static final int PART = 4;

    /** Its result is written as a text by the node around it. */
    private static final int TEXT = 8;

    /** Each item of its result becomes a map of variables in the node around it. */
    private static final int TUPLES = 16;

    private static final Set<String> REFERENCES = Set.of(
            "variable",
            "string",
            "number",
            "value",
            "parent",
            "regex",
            "lambda",
            "bind",
            "condition",
            "block",
            "function",
            "apply",
            "partial",
            "transform");

    private static final Field AST = field(Jsonata.class, "ast");
    private static final Field VALUE = field(Parser.Symbol.class, "value");
    private static final Field TYPE = field(Parser.Symbol.class, "type");
    private static final Field PREDICATE = field(Parser.Symbol.class, "predicate");
    private static final Field STEPS = field(Parser.Symbol.class, "steps");
    private static final Field EXPRESSIONS = field(Parser.Symbol.class, "expressions");
    private static final Field LEFT = field(Parser.Symbol.class, "lhs");
    private static final Field RIGHT = field(Parser.Symbol.class, "rhs");
    private static final List<Field> CHILDREN = children();

    private final Map<Parser.Symbol, Integer> roles;

    private Nodes(Map<Parser.Symbol, Integer> roles) {
        this.roles = roles;
    }

    /** Reads the tree, and puts functions that can be bounded in the place of its regular expressions. */
    static Nodes of(Jsonata compiled) {
        Map<Parser.Symbol, Integer> roles = new IdentityHashMap<>();
        visit(get(AST, compiled), Collections.newSetFromMap(new IdentityHashMap<>()), roles);
        roles.values().removeIf(role -> role == 0);
        return new Nodes(roles);
    }

    /** Whether the node's result is new. */
    boolean makes(Parser.Symbol node, @Nullable Object input) {
        int role = role(node);
        return (role & NAME) != 0 ? input instanceof List : (role & REFERENCE) == 0;
    }

    boolean isPart(Parser.Symbol node) {
        return (role(node) & PART) != 0;
    }

    boolean makesTuples(Parser.Symbol node) {
        return (role(node) & TUPLES) != 0;
    }

    boolean isText(Parser.Symbol node) {
        return (role(node) & TEXT) != 0;
    }

    private int role(Parser.Symbol node) {
        Integer role = roles.get(node);
        return role == null ? 0 : role;
    }

    private static void visit(@Nullable Object part, Set<Object> seen, Map<Parser.Symbol, Integer> roles) {
        switch (part) {
            case Parser.Symbol node
            when seen.add(node) -> {
                roles.merge(node, own(node), (a, b) -> a | b);
                about(node, roles);
                for (Field child : CHILDREN) {
                    visit(get(child, node), seen, roles);
                }
            }
            case List<?> list -> list.forEach(item -> visit(item, seen, roles));
            case Object[] items -> {
                for (Object item : items) {
                    visit(item, seen, roles);
                }
            }
            case null, default -> {}
        }
    }

    private static int own(Parser.Symbol node) {
        Object type = get(TYPE, node);
        if ("regex".equals(type) && get(VALUE, node) instanceof Pattern pattern) {
            set(VALUE, node, new RegexFunction(pattern));
        }
        if (get(PREDICATE, node) != null || node.group != null || type == null) {
            return 0;
        }
        return "name".equals(type) ? NAME : REFERENCES.contains(type) ? REFERENCE : 0;
    }

    private static void about(Parser.Symbol node, Map<Parser.Symbol, Integer> roles) {
        Object type = get(TYPE, node);
        if ("path".equals(type)) {
            mark(get(STEPS, node), bindsVariables(node) ? PART | TUPLES : PART, roles);
        } else if ("unary".equals(type)) {
            mark(get(EXPRESSIONS, node), PART, roles);
        } else if ("binary".equals(type) && "&".equals(String.valueOf(get(VALUE, node)))) {
            mark(get(LEFT, node), TEXT, roles);
            mark(get(RIGHT, node), TEXT, roles);
        } else if ("apply".equals(type)
                && get(RIGHT, node) instanceof Parser.Symbol to
                && "transform".equals(get(TYPE, to))) {
            // A transformation begins with a copy, made by way of a text.
            mark(get(LEFT, node), TEXT, roles);
        }
    }

    private static boolean bindsVariables(Parser.Symbol path) {
        return get(STEPS, path) instanceof List<?> steps
                && steps.stream().anyMatch(step -> step instanceof Parser.Symbol node && node.tuple != null);
    }

    private static void mark(@Nullable Object part, int role, Map<Parser.Symbol, Integer> roles) {
        if (part instanceof Parser.Symbol node) {
            roles.merge(node, role, (a, b) -> a | b);
        } else if (part instanceof List<?> list) {
            list.forEach(item -> mark(item, role, roles));
        }
    }

    private static List<Field> children() {
        List<Field> children = new ArrayList<>();
        for (Class<?> type : List.of(Parser.Symbol.class)) {
            for (Field field : type.getDeclaredFields()) {
                boolean holdsNodes = field.getType() == Parser.Symbol.class
                        || field.getType() == List.class
                        || field.getType() == Object.class;
                if (holdsNodes
                        && !Modifier.isStatic(field.getModifiers())
                        && !field.getName().equals("input")) {
                    field.setAccessible(true);
                    children.add(field);
                }
            }
        }
        return List.copyOf(children);
    }

    static Field field(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("not the JSONata that this was written for", e);
        }
    }

    static @Nullable Object get(Field field, @Nullable Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, Object of, Object value) {
        try {
            field.set(of, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
