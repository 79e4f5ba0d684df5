/** Tests each scheme without a container. */
package io.sluice.ingress.signature;
