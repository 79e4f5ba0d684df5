/** Tests each sender's question without a container. */
package io.sluice.ingress.handshake;
