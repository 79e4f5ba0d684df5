/** JSONata expressions, bounded: every node looks at the run's deadline and step budget. */
@NullMarked
package io.sluice.run.expression;

import org.jspecify.annotations.NullMarked;
