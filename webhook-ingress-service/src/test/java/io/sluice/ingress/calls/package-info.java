/** Calls of third parties, from outside. */
package io.sluice.ingress.calls;
