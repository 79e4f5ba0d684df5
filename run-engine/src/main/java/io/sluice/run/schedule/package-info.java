/** Schedule rules: next instants as a pure function, words, validation. */
@NullMarked
package io.sluice.run.schedule;

import org.jspecify.annotations.NullMarked;
