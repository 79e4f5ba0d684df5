/** What webhook-ingress-service is measured beside: a bare database row, and other things that take webhooks. */
@NullMarked
package io.sluice.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
