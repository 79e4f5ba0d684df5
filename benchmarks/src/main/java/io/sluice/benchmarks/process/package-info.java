/** Other programs: found, started on the loopback address, and ended by their process id. */
@NullMarked
package io.sluice.benchmarks.process;

import org.jspecify.annotations.NullMarked;
