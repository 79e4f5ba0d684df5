/** The one way out: address guard, authentication below the expressions, limits, masking. */
@NullMarked
package io.sluice.run.http;

import org.jspecify.annotations.NullMarked;
