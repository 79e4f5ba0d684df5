/** Calls that try a connection. */
@NullMarked
package io.sluice.contract.probe;

import org.jspecify.annotations.NullMarked;
