/** Runs without input and output: time and memory of the interpreter and of compiling. */
@NullMarked
package io.sluice.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
