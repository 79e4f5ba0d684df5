package io.sluice.contract.problem;

/**
 * What is wrong with one field, and the way out.
 *
 * @param pointer RFC 6901 pointer into the request's body; a query parameter or header is named as {@code ?name} or
 *     {@code Name}
 */
public record FieldProblem(String pointer, String detail) {}
