/** Runs of both trigger services, merged; commands passed on to whoever owns the run. */
@NullMarked
package io.sluice.integrations.run;

import org.jspecify.annotations.NullMarked;
