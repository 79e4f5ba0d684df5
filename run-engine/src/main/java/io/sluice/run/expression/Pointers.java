package io.sluice.run.expression;

/** JSON pointers (RFC 6901). */
public final class Pointers {

    private Pointers() {}

    /** A member's name as a token of a pointer. */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
