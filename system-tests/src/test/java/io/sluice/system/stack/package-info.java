/** The one stack that all tests of a JVM share. */
@NullMarked
package io.sluice.system.stack;

import org.jspecify.annotations.NullMarked;
