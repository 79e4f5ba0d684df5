/** Parts of intake, without the service around them. */
package io.sluice.ingress.endpoint;
