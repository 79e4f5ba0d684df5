/** Runs with one HTTP call each, through the outbound guard. */
@NullMarked
package io.sluice.benchmarks.http;

import org.jspecify.annotations.NullMarked;
