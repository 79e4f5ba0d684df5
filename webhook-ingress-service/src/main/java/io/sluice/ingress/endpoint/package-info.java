/** Endpoints by the hash of their token, as the deployments feed brings them. */
@NullMarked
package io.sluice.ingress.endpoint;

import org.jspecify.annotations.NullMarked;
