/** The packaged webhook-ingress-service under load, with a stub of what it needs around it. */
@NullMarked
package io.sluice.benchmarks.ingress;

import org.jspecify.annotations.NullMarked;
