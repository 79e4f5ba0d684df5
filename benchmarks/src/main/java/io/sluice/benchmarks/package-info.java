/** The programs behind {@code ./sluice bench}: one starts a JVM for each benchmark, one runs in it. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
