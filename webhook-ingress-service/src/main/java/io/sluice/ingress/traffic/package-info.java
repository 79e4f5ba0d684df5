/** What came in, for its owner: calls and their outcomes, activity, test calls, listeners. */
@NullMarked
package io.sluice.ingress.traffic;

import org.jspecify.annotations.NullMarked;
