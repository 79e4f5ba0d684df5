/** Our packaged services as processes of their own, with a stub of what they need around them. */
@NullMarked
package io.sluice.benchmarks.platform;

import org.jspecify.annotations.NullMarked;
