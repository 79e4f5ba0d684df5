/** The flows that are measured, on our engine and on the DSL's own Java SDK. */
@NullMarked
package io.sluice.benchmarks.flow;

import org.jspecify.annotations.NullMarked;
