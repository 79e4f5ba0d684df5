/** Claims due instants and fires them: the run and the next instant in one commit. */
@NullMarked
package io.sluice.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
