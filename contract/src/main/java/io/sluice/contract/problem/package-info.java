/** The one catalogue of errors and how they look on the wire (RFC 9457). */
@NullMarked
package io.sluice.contract.problem;

import org.jspecify.annotations.NullMarked;
