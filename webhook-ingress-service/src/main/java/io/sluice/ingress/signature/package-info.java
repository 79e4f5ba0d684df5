/** Verifies calls, one class a scheme, over the raw bytes. */
@NullMarked
package io.sluice.ingress.signature;

import org.jspecify.annotations.NullMarked;
