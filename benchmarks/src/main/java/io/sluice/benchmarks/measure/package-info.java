/** What all benchmarks share: load, percentiles, and reports as tables and JSON. */
@NullMarked
package io.sluice.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
