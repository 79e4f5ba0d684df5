/** Calls over HTTP, at a rate or as fast as they are answered, and what became of them. */
@NullMarked
package io.sluice.benchmarks.load;

import org.jspecify.annotations.NullMarked;
