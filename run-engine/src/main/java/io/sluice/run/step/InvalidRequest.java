package io.sluice.run.step;

/** A request that a flow describes and that cannot be made; its author must change something. */
final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String where;

    /** @param where pointer below {@code with}, such as {@code /body} */
    InvalidRequest(String where, String message) {
        super(message, null, false, false);
        this.where = where;
    }

    String where() {
        return where;
    }
}
